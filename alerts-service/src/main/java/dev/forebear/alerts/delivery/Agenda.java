package dev.forebear.alerts.delivery;

import dev.forebear.alerts.delivery.Timing.Digest;
import dev.forebear.alerts.delivery.Timing.Immediate;
import dev.forebear.schemas.wire.MessagePurpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a channel is told next. Pure: the same owed alerts at the same time make the same step.
 *
 * <p>Nobody is flooded: alerts of one group are one message, more than a few groups at once are one digest, and after a
 * burst of messages what follows is gathered for some minutes.
 *
 * @param terms of the channel
 * @param lastTold when a group was last told of on the channel; null for never
 * @param recent times of messages that the channel took within the last group interval, in any order
 * @param lastDigest when the channel was last sent a digest; null for never
 * @param probing whether an earlier message is still being tried: then only one group is let through
 */
record Agenda(
        Terms terms,
        Function<GroupKey, @Nullable Instant> lastTold,
        List<Instant> recent,
        @Nullable Instant lastDigest,
        boolean probing) {

    /** So many groups at once are told one by one; more are one digest. */
    static final int FEW_GROUPS = 5;

    /** So many messages within the group interval are sent as they come. */
    static final int BURST = 10;

    /** After a burst, what comes is gathered for this long. */
    static final Duration GATHERING = Duration.ofMinutes(5);

    /** No message tells of more: its record must fit into a megabyte. */
    static final int MOST_ALERTS = 10_000;

    private static final Comparator<Pending> MOST_URGENT_FIRST = Comparator.comparing(Pending::isOver)
            .thenComparing(Pending::severity, Comparator.reverseOrder())
            .thenComparing(Pending::since)
            .thenComparing(Pending::alertId);

    Agenda {
        recent = List.copyOf(recent);
    }

    /** What to do now with what is owed. */
    Step next(Collection<Pending> owed, Instant now) {
        if (owed.isEmpty()) {
            return Step.Wait.FOREVER;
        }
        return switch (terms.timing()) {
            case Immediate immediate -> immediately(immediate, owed, now);
            case Digest digest -> digest(digest, owed, now);
        };
    }

    private Step immediately(Immediate timing, Collection<Pending> owed, Instant now) {
        Instant earliest = Instant.MAX;
        List<List<Pending>> ready = new ArrayList<>();
        for (Map.Entry<GroupKey, List<Pending>> group : groups(owed, now).entrySet()) {
            Instant due = latest(due(timing, group.getKey(), group.getValue()), calm(timing));
            if (due.isAfter(now)) {
                earliest = due.isBefore(earliest) ? due : earliest;
            } else {
                ready.add(group.getValue());
            }
        }
        if (ready.isEmpty()) {
            Instant release = release(owed, now);
            return new Step.Wait(release.isBefore(earliest) ? release : earliest);
        }
        ready.sort(Comparator.comparing(List::getFirst, MOST_URGENT_FIRST));
        boolean many = ready.size() > FEW_GROUPS || isBurst(timing) && ready.size() > 1;
        return many && !probing
                ? tell(MessagePurpose.DIGEST, ready.stream().flatMap(List::stream))
                : tell(MessagePurpose.ALERTS, ready.getFirst().stream());
    }

    /** What may be told now, by group, the most urgent of each first. */
    private Map<GroupKey, List<Pending>> groups(Collection<Pending> owed, Instant now) {
        Map<GroupKey, List<Pending>> groups = new LinkedHashMap<>();
        owed.stream()
                .filter(alert -> !terms.release(alert, now).isAfter(now))
                .sorted(MOST_URGENT_FIRST)
                .forEach(alert -> groups.computeIfAbsent(alert.group(), key -> new ArrayList<>())
                        .add(alert));
        return groups;
    }

    private Instant due(Immediate timing, GroupKey key, List<Pending> group) {
        Instant first = group.stream()
                .map(Pending::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = group.stream()
                .map(Pending::since)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant complete = timing.complete(first, last);
        Instant told = lastTold.apply(key);
        return told == null ? complete : latest(complete, told.plus(timing.groupInterval()));
    }

    /** When the next message may be sent after a burst of them. */
    private Instant calm(Immediate timing) {
        Duration pause = timing.groupInterval().compareTo(GATHERING) < 0 ? timing.groupInterval() : GATHERING;
        return isBurst(timing)
                ? recent.stream().max(Comparator.naturalOrder()).orElseThrow().plus(pause)
                : Instant.MIN;
    }

    private boolean isBurst(Immediate timing) {
        return recent.size() >= BURST && timing.groupInterval().isPositive();
    }

    private Step digest(Digest timing, Collection<Pending> owed, Instant now) {
        List<Pending> open = owed.stream().filter(alert -> !alert.isOver()).toList();
        if (open.isEmpty()) {
            // An end alone is no news that anybody waits for; the next digest counts it.
            return Step.Wait.FOREVER;
        }
        Instant first =
                open.stream().map(Pending::since).min(Comparator.naturalOrder()).orElseThrow();
        Instant due =
                timing.after(lastDigest == null ? first.minusMillis(1) : latest(first.minusMillis(1), lastDigest));
        Instant release = release(open, now);
        if (due.isAfter(now) || release.isAfter(now)) {
            return new Step.Wait(latest(due, release));
        }
        return tell(MessagePurpose.DIGEST, owed.stream());
    }

    /** When the first of them may be told. */
    private Instant release(Collection<Pending> owed, Instant now) {
        return owed.stream()
                .map(alert -> terms.release(alert, now))
                .filter(release -> terms.timing() instanceof Digest || release.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static Step tell(MessagePurpose purpose, Stream<Pending> alerts) {
        return new Step.Tell(
                purpose, alerts.sorted(MOST_URGENT_FIRST).limit(MOST_ALERTS).toList());
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
