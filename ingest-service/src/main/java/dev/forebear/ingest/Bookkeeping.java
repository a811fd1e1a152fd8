package dev.forebear.ingest;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.ingest.status.RegistryTallies;
import dev.forebear.ingest.status.RegistryTally;
import dev.forebear.runtime.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes what became of announcements, however they came: tallies, meters, and a line of the log. Thread-safe. */
final class Bookkeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Bookkeeping.class);

    private final RegistryTallies tallies;
    private final Metrics metrics;

    Bookkeeping(RegistryTallies tallies, Metrics metrics) {
        this.tallies = tallies;
        this.metrics = metrics;
    }

    /** @param started {@link System#nanoTime} of its receipt */
    void settled(String alias, Reception.Answer answer, Webhook webhook, long started) {
        tally(tallies.of(alias), answer, webhook.receivedAt());
        int bytes = webhook.body().length;
        switch (answer) {
            case Reception.Answer.Stored(List<Announcement> published, int duplicates) -> {
                metrics.registry()
                        .counter("forebear.announcements.published", "alias", alias)
                        .increment(published.size());
                done(alias, published.isEmpty() ? "duplicate" : "accepted", "", published.size(), bytes, started);
            }
            case Reception.Answer.ToBeListed(String reason) -> done(alias, "to-be-listed", reason, 0, bytes, started);
            case Reception.Answer.Confirmed confirmed -> done(alias, "confirmed", "", 0, bytes, started);
            case Reception.Answer.TooMany tooMany -> done(alias, "rejected", "too-many", 0, bytes, started);
            case Reception.Answer.Ignored(String reason) -> done(alias, "ignored", reason, 0, bytes, started);
            case Reception.Answer.PutAside(String reason, String message) ->
                done(alias, "put-aside", reason, 0, bytes, started);
            case Reception.Answer.Rejected(int status, String reason, String message) ->
                done(alias, "rejected", reason, 0, bytes, started);
        }
    }

    private static void tally(RegistryTally tally, Reception.Answer answer, Instant receivedAt) {
        switch (answer) {
            case Reception.Answer.Stored stored -> {
                tally.accepted(receivedAt);
                uploads(stored.published()).forEach(upload -> tally.uploaded(upload.at(), receivedAt));
            }
            case Reception.Answer.ToBeListed listed -> tally.accepted(receivedAt);
            case Reception.Answer.Ignored ignored -> tally.ignored(receivedAt);
            case Reception.Answer.Confirmed confirmed -> tally.ignored(receivedAt);
            case Reception.Answer.TooMany tooMany -> tally.refused("too-many", receivedAt);
            case Reception.Answer.PutAside aside -> tally.putAside(receivedAt);
            case Reception.Answer.Rejected rejected -> tally.refused(rejected.reason(), receivedAt);
        }
    }

    static Stream<ModelUpload> uploads(List<Announcement> published) {
        return published.stream().filter(ModelUpload.class::isInstance).map(ModelUpload.class::cast);
    }

    void done(String alias, String outcome, String reason, int published, int bytes, long started) {
        count(alias, outcome, reason, started);
        LOG.atInfo()
                .addKeyValue("alias", alias)
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", reason)
                .addKeyValue("published", published)
                .addKeyValue("bytes", bytes)
                .addKeyValue(
                        "millis", Duration.ofNanos(System.nanoTime() - started).toMillis())
                .log("announcement received");
    }

    void count(String alias, String outcome, String reason, long started) {
        metrics.registry()
                .timer("forebear.webhooks", "alias", alias, "outcome", outcome, "reason", reason)
                .record(Duration.ofNanos(System.nanoTime() - started));
    }
}
