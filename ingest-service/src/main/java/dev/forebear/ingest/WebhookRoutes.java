package dev.forebear.ingest;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.registration.Rate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryKind;
import dev.forebear.ingest.registration.Sources;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.ingest.status.RegistryTallies;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Bookkeeping books;
    private final InstantSource clock;
    private final Room room = new Room(MAX_BYTES_UNDER_WAY, MAX_BODY_BYTES);

    WebhookRoutes(
            Map<String, Sender> senders,
            Reception reception,
            RegistryTallies tallies,
            Bookkeeping books,
            InstantSource clock) {
        this.senders = Map.copyOf(senders);
        this.reception = reception;
        this.tallies = tallies;
        this.books = books;
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
                .map(r -> Map.of("alias", r.alias(), "kind", r.kind().word(), "path", path(r)))
                .toList();
        context.json(Map.of("service", "ingest-service", "registries", registries));
    }

    private static String path(Registration registration) {
        Sources sources = registration.sources();
        return sources.alone() ? sources.words() : "/hooks/" + registration.alias();
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
            answer(context, answer);
            books.settled(sender.registration().alias(), answer, webhook, started);
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
        books.count(sender.registration().alias(), "unavailable", reason, started);
    }

    private static Map<String, String> parameters(Context context) {
        return context.queryParamMap().entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, parameter -> parameter.getValue().getFirst()));
    }

    private static void answer(Context context, Reception.Answer answer) {
        switch (answer) {
            case Reception.Answer.Stored(List<Announcement> published, int duplicates) -> {
                String outcome = published.isEmpty() ? "duplicate" : "accepted";
                context.status(202).json(Map.of("status", outcome, "uploads", shown(published)));
            }
            case Reception.Answer.ToBeListed(String reason) -> {
                context.status(202).json(Map.of("status", "to be listed", "reason", reason));
            }
            case Reception.Answer.Confirmed(Map<String, String> reply) -> {
                context.status(200).json(reply);
            }
            case Reception.Answer.TooMany(Duration retryAfter) -> {
                long seconds = Math.clamp(retryAfter.plusMillis(999).toSeconds(), 1, MAX_RETRY_AFTER_SECONDS);
                context.status(429).header("Retry-After", Long.toString(seconds));
                context.json(Map.of("error", "announces more than was agreed, try again later"));
            }
            case Reception.Answer.Ignored(String reason) -> {
                context.status(200).json(Map.of("status", "ignored", "reason", reason));
            }
            case Reception.Answer.PutAside(String reason, String message) -> {
                context.status(202).json(Map.of("status", "put aside", "reason", message));
            }
            case Reception.Answer.Rejected(int status, String reason, String message) -> {
                context.status(status).json(Map.of("error", message));
            }
        }
    }

    private static List<Map<String, String>> shown(List<Announcement> published) {
        return Bookkeeping.uploads(published)
                .map(u -> Map.of("modelVersionId", u.id().toString(), "correlationId", u.correlationId()))
                .toList();
    }

    /** CloudEvents' way to ask whether events are welcome. */
    private void handshake(Context context) {
        String origin = context.header("WebHook-Request-Origin");
        Registration registration = sender(context).registration();
        boolean shaken = SHAKING_HANDS.contains(registration.kind())
                && !registration.sources().alone();
        if (!shaken || origin == null) {
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
            books.count("unknown", "rejected", "unknown-alias", System.nanoTime());
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
            books.done(sender.registration().alias(), "rejected", "too-large", 0, context.contentLength(), started);
            throw new ContentTooLargeResponse("expected a body of at most " + MAX_BODY_BYTES + " bytes, found more");
        }
    }
}
