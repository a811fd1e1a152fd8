package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told in one go. Texts are plain and on one line; a channel escapes them as its format asks.
 *
 * @param id the same for every attempt
 * @param channel name of the channel
 * @param group what all its alerts have in common; null in a digest or a test
 * @param overview of all alerts it tells of
 * @param shown the most urgent of them
 * @param thread what the channel calls the message that this one follows; null when it follows none
 * @param whole how that message should read now, for channels that can change it; null for others
 * @param link where the dashboard shows all of it
 * @param links where the dashboard shows the rest
 * @param optedOut mail addresses, in lower case, that want nothing of this channel
 * @param at when it was made
 */
record Message(
        String id,
        Kind kind,
        String channel,
        @Nullable GroupKey group,
        Overview overview,
        List<Notice> shown,
        @Nullable String thread,
        @Nullable Message whole,
        URI link,
        Links links,
        Set<String> optedOut,
        Instant at) {

    /** No message names more alerts. */
    static final int MOST_SHOWN = 10;

    /** What happened. */
    enum Kind {
        /** Alerts of a group that the channel has not heard of. */
        OPENED,
        /** More of a group that the channel has heard of. */
        UPDATED,
        /** Alerts that the channel was told of are over. */
        RESOLVED,
        /** Somebody did something about alerts that the channel was told of. */
        CHANGED,
        /** What gathered over a time. */
        DIGEST,
        /** Somebody asked whether the channel works. */
        TEST
    }

    Message {
        shown = List.copyOf(shown);
        optedOut = Set.copyOf(optedOut);
        if (shown.size() > MOST_SHOWN) {
            throw new IllegalArgumentException("shown: expected at most " + MOST_SHOWN + ", found " + shown.size());
        }
    }

    /** Asks whether a channel works. */
    static Message test(String id, String channel, Links links, Instant at) {
        return new Message(
                id,
                Kind.TEST,
                channel,
                null,
                Overview.of(List.of()),
                List.of(),
                null,
                null,
                links.alerts(),
                links,
                Set.of(),
                at);
    }

    /** The only alert it tells of; null when it tells of none or of several. */
    @Nullable
    Notice only() {
        return overview.total() == 1 && shown.size() == 1 ? shown.getFirst() : null;
    }

    /** How many alerts it tells of without naming them. */
    int unnamed() {
        return Math.max(0, overview.total() - shown.size());
    }

    /** For example "HIGH", "RESOLVED" or "TEST". */
    String urgency() {
        return switch (kind) {
            case TEST -> "TEST";
            case OPENED, UPDATED, RESOLVED, CHANGED, DIGEST ->
                overview.bySeverity().isEmpty()
                        ? "RESOLVED"
                        : overview.bySeverity().keySet().iterator().next().name();
        };
    }

    boolean isOver() {
        return overview.total() > 0 && overview.over() == overview.total();
    }

    /** For example "Undisclosed ancestor found" or "Undisclosed ancestor found in 10,000 models". */
    String headline() {
        String count = Overview.count(overview.total());
        return switch (kind) {
            case TEST -> "Test of the channel " + channel;
            case DIGEST -> "Digest: " + plural(overview.total() - overview.over(), "alert");
            case OPENED, UPDATED, RESOLVED, CHANGED -> {
                if (only() != null) {
                    yield only().headline();
                }
                String what = group == null ? "Alerts" : Notice.subject(group.rule());
                yield what + (isOver() ? " no longer found in " : " found in ") + count + " models";
            }
        };
    }

    /** For example "Undisclosed ancestor: 10,000 models, of hub/quarry-ai/basalt-7b". */
    String title() {
        Notice only = only();
        if (only != null && kind != Kind.DIGEST) {
            return only.title();
        }
        return switch (kind) {
            case TEST -> "Forebear reaches the channel " + channel;
            case DIGEST -> plural(overview.total() - overview.over(), "alert") + ": " + overview.severities();
            case OPENED, UPDATED, RESOLVED, CHANGED ->
                headline() + (group == null || group.ancestor() == null ? "" : ", of " + ancestor());
        };
    }

    /** The ancestor of the group; "none" when there is none. */
    String ancestor() {
        return group == null || group.ancestor() == null ? "none" : Notice.name(group.ancestor());
    }

    /** What it says of all alerts together, in one or two sentences; of a test, that it is one. */
    String summary() {
        if (kind == Kind.TEST) {
            return "Somebody asked Forebear to try the channel " + channel + ". Alerts will look much like this.";
        }
        String severities = overview.severities();
        String open = severities.isEmpty() ? "" : "Severity: " + severities + ". ";
        String over = overview.over() == 0 ? "" : plural(overview.over(), "alert") + " no longer found. ";
        return (open + over + "Models: " + overview.registries() + ".").strip();
    }

    /** For example "and 9,990 more"; empty when all are named. */
    String rest() {
        return unnamed() == 0 ? "" : "and " + Overview.count(unnamed()) + " more";
    }

    /** Who brought the only alert into its state, for example "acknowledged by ana"; empty when nobody did. */
    String deed() {
        Notice only = only();
        if (only == null) {
            return overview.byState().keySet().equals(Set.of(AlertState.OPEN)) ? "" : "now: " + overview.states();
        }
        return only.deed();
    }

    private static String plural(int number, String noun) {
        return Overview.count(number) + " " + noun + (number == 1 ? "" : "s");
    }
}
