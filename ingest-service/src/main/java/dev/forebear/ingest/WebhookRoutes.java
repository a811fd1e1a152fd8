package dev.forebear.ingest;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.registration.Rate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.ingest.status.RegistryTallies;
import dev.forebear.ingest.status.RegistryTally;
import dev.forebear.runtime.Metrics;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP side: {@code POST /hooks/<alias>}, the CloudEvents handshake, and who is connected. */
final class WebhookRoutes {

    /** A Hub event of a bucket lists up to 10,000 files. */
    static final int MAX_BODY_BYTES = 5 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final long MAX_RETRY_AFTER_SECONDS = 3600;

    /** Bodies of requests that wait for the broker. */
    private static final int MAX_BYTES_UNDER_WAY = 64 << 20;

    /** Kinds whose senders ask first, as CloudEvents over webhooks do. */
    private static final Set<RegistryKind> SHAKING_HANDS = EnumSet.of(RegistryKind.CLOUD_EVENTS, RegistryKind.AZURE_ML);

    private final Map<String, Sender> senders;
    private final Reception reception;
    private final RegistryTallies tallies;
    private final Metrics metrics;
    private final InstantSource clock;
    private final Room room = new Room(MAX_BYTES_UNDER_WAY, MAX_BODY_BYTES);

    WebhookRoutes(
            Map<String, Sender> senders,
            Reception reception,
            RegistryTallies tallies,
            Metrics metrics,
            InstantSource clock) {
        this.senders = Map.copyOf(senders);
        this.reception = reception;
        this.tallies = tallies;
        this.metrics = metrics;
        this.clock = clock;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/", this::status);
        config.routes.post("/hooks/{alias}", this::receive);
        config.routes.options("/hooks/{alias}", this::handshake);
    }

    private void status(Context context) {
        var registries = senders.values().stream()
                .map(Sender::registration)
                .map(r -> Map.of("alias", r.alias(), "kind", r.kind().word(), "path", "/hooks/" + r.alias()))
                .toList();
        context.json(Map.of("service", "ingest-service", "registries", registries));
    }

    private void receive(Context context) {
        long started = System.nanoTime();
        Sender sender = sender(context);
        int kept = room.keep(context.req().getContentLengthLong());
        if (kept == 0) {
            refuseForNow(context, sender, "busy", started);
            return;
        }
        try {
            receive(context, sender, started);
        } finally {
            room.giveBack(kept);
        }
    }

    private void receive(Context context, Sender sender, long started) {
        byte[] body = body(context, sender, started);
        var webhook = new Webhook(context.headerMap(), parameters(context), body, clock.instant());
        try {
            var answer = reception.receive(sender, context.path(), webhook);
            tally(sender.registration().alias(), answer, webhook.receivedAt());
            answer(context, sender, answer, body.length, started);
        } catch (NotStoredException e) {
            refuseForNow(context, sender, "not-stored", started);
            LOG.atWarn()
                    .addKeyValue("alias", sender.registration().alias())
                    .addKeyValue("problem", e.getMessage())
                    .log("webhook could not be stored");
        }
    }

    private void refuseForNow(Context context, Sender sender, String reason, long started) {
        context.status(503).header("Retry-After", RETRY_AFTER_SECONDS);
        context.json(Map.of("error", "could not be stored, try again"));
        tallies.of(sender.registration().alias()).refused(reason, clock.instant());
        count(sender.registration().alias(), "unavailable", reason, started);
    }

    private static Map<String, String> parameters(Context context) {
        return context.queryParamMap().entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, parameter -> parameter.getValue().getFirst()));
    }

    private void tally(String alias, Reception.Answer answer, Instant receivedAt) {
        RegistryTally tally = tallies.of(alias);
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

    private void answer(Context context, Sender sender, Reception.Answer answer, int bytes, long started) {
        String alias = sender.registration().alias();
        switch (answer) {
            case Reception.Answer.Stored(List<Announcement> published, int duplicates) -> {
                String outcome = published.isEmpty() ? "duplicate" : "accepted";
                context.status(202).json(Map.of("status", outcome, "uploads", shown(published)));
                metrics.registry()
                        .counter("forebear.announcements.published", "alias", alias)
                        .increment(published.size());
                done(alias, outcome, "", published.size(), bytes, started);
            }
            case Reception.Answer.ToBeListed(String reason) -> {
                context.status(202).json(Map.of("status", "to be listed", "reason", reason));
                done(alias, "to-be-listed", reason, 0, bytes, started);
            }
            case Reception.Answer.Confirmed(Map<String, String> reply) -> {
                context.status(200).json(reply);
                done(alias, "confirmed", "", 0, bytes, started);
            }
            case Reception.Answer.TooMany(Duration retryAfter) -> {
                long seconds = Math.clamp(retryAfter.plusMillis(999).toSeconds(), 1, MAX_RETRY_AFTER_SECONDS);
                context.status(429).header("Retry-After", Long.toString(seconds));
                context.json(Map.of("error", "announces more than was agreed, try again later"));
                done(alias, "rejected", "too-many", 0, bytes, started);
            }
            case Reception.Answer.Ignored(String reason) -> {
                context.status(200).json(Map.of("status", "ignored", "reason", reason));
                done(alias, "ignored", reason, 0, bytes, started);
            }
            case Reception.Answer.PutAside(String reason, String message) -> {
                context.status(202).json(Map.of("status", "put aside", "reason", message));
                done(alias, "put-aside", reason, 0, bytes, started);
            }
            case Reception.Answer.Rejected(int status, String reason, String message) -> {
                context.status(status).json(Map.of("error", message));
                done(alias, "rejected", reason, 0, bytes, started);
            }
        }
    }

    private static List<Map<String, String>> shown(List<Announcement> published) {
        return uploads(published)
                .map(u -> Map.of("modelVersionId", u.id().toString(), "correlationId", u.correlationId()))
                .toList();
    }

    private static Stream<ModelUpload> uploads(List<Announcement> published) {
        return published.stream().filter(ModelUpload.class::isInstance).map(ModelUpload.class::cast);
    }

    /** CloudEvents' way to ask whether events are welcome. */
    private void handshake(Context context) {
        String origin = context.header("WebHook-Request-Origin");
        Registration registration = sender(context).registration();
        if (!SHAKING_HANDS.contains(registration.kind()) || origin == null) {
            context.status(405).header("Allow", "POST");
            return;
        }
        context.header("WebHook-Allowed-Origin", origin);
        Rate rate = registration.rate();
        context.header("WebHook-Allowed-Rate", rate == null ? "*" : Long.toString(Math.round(rate.perSecond() * 60)));
        context.header("Allow", "POST");
    }

    private Sender sender(Context context) {
        Sender sender = senders.get(context.pathParam("alias"));
        if (sender == null) {
            // The alias is not a label: anybody can think of new ones.
            tallies.strangers().refused("unknown-alias", clock.instant());
            count("unknown", "rejected", "unknown-alias", System.nanoTime());
            throw new NotFoundResponse("no registry is connected here");
        }
        return sender;
    }

    private byte[] body(Context context, Sender sender, long started) {
        try {
            return context.bodyAsBytes();
        } catch (HttpResponseException e) {
            // The one reason for which a body is not read at all.
            tallies.of(sender.registration().alias()).refused("too-large", clock.instant());
            done(sender.registration().alias(), "rejected", "too-large", 0, context.contentLength(), started);
            throw new ContentTooLargeResponse("expected a body of at most " + MAX_BODY_BYTES + " bytes, found more");
        }
    }

    private void done(String alias, String outcome, String reason, int published, int bytes, long started) {
        count(alias, outcome, reason, started);
        LOG.atInfo()
                .addKeyValue("alias", alias)
                .addKeyValue("outcome", outcome)
                .addKeyValue("reason", reason)
                .addKeyValue("published", published)
                .addKeyValue("bytes", bytes)
                .addKeyValue(
                        "millis", Duration.ofNanos(System.nanoTime() - started).toMillis())
                .log("webhook received");
    }

    private void count(String alias, String outcome, String reason, long started) {
        metrics.registry()
                .timer("forebear.webhooks", "alias", alias, "outcome", outcome, "reason", reason)
                .record(Duration.ofNanos(System.nanoTime() - started));
    }
}
