package dev.forebear.ingest;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.listing.Relisting;
import dev.forebear.ingest.publication.AnnouncementRecords;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.registration.Rate;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.schemas.DeadLetterReason;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes what follows from a webhook to the broker, before the webhook is answered. Thread-safe. */
final class Reception {

    /** What is kept of a request that is put aside; anything else might hold a secret. */
    private static final Set<String> KEPT_HEADERS = Set.of(
            "content-type",
            "user-agent",
            "traceparent",
            "tracestate",
            "x-mlflow-delivery-id",
            "x-mlflow-timestamp",
            "x-webhook-id",
            "webhook-id",
            "webhook-timestamp",
            "idempotency-key",
            "x-gitlab-event",
            "aeg-event-type",
            "x-amz-sns-message-type");

    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Publisher publisher;
    private final InstantSource clock;
    private final DeadLetters deadLetters;
    private final RecentEvents recent = new RecentEvents();
    private final Relisting relisting;
    private final Map<String, TokenBucket> limits = new ConcurrentHashMap<>();

    Reception(Publisher publisher, Relisting relisting, InstantSource clock) {
        this.publisher = publisher;
        this.relisting = relisting;
        this.clock = clock;
        this.deadLetters = new DeadLetters("ingest-service", clock);
    }

    /** What the sender is told. */
    sealed interface Answer {

        /**
         * @param published announcements that the broker acknowledged just now
         * @param duplicates announcements that it had acknowledged before
         */
        record Stored(List<Announcement> published, int duplicates) implements Answer {}

        /** The registry will be asked what it holds. */
        record ToBeListed(String reason) implements Answer {}

        record Confirmed(Map<String, String> reply) implements Answer {}

        /** The registry announces more than it may; not before so much time the next. */
        record TooMany(Duration retryAfter) implements Answer {}

        record Ignored(String reason) implements Answer {}

        record PutAside(String reason, String message) implements Answer {}

        record Rejected(int status, String reason, String message) implements Answer {}
    }

    /** Makes the dead letter of an event that is put aside. */
    interface Letters {

        DeadLetter of(Outcome.PutAside letter);
    }

    /**
     * Handles a request.
     *
     * @throws NotStoredException when the broker did not acknowledge; nothing is remembered then
     */
    Answer receive(Sender sender, String path, Webhook webhook) throws NotStoredException {
        return settle(sender, webhook, sender.receive(webhook), letter -> letter(path, webhook, letter));
    }

    /**
     * Handles an event that was fetched. Nobody is told that it was refused, so what would be is put aside.
     *
     * @throws NotStoredException when the broker did not acknowledge; nothing is remembered then
     */
    Answer fetched(Sender sender, Webhook event, Letters letters) throws NotStoredException {
        Outcome outcome = sender.receive(event);
        return settle(
                sender, event, outcome instanceof Outcome.Rejected rejected ? putAside(rejected) : outcome, letters);
    }

    private static Outcome putAside(Outcome.Rejected rejected) {
        var reason = rejected.status() == 400 ? DeadLetterReason.MALFORMED : DeadLetterReason.UNSUPPORTED;
        return new Outcome.PutAside(reason, rejected.message());
    }

    private Answer settle(Sender sender, Webhook webhook, Outcome outcome, Letters letters) throws NotStoredException {
        Duration wait =
                outcome instanceof Outcome.Rejected ? Duration.ZERO : wait(sender.registration(), webhook.receivedAt());
        if (wait.isPositive()) {
            return new Answer.TooMany(wait);
        }
        return switch (outcome) {
            case Outcome.Accepted accepted -> store(sender, webhook, accepted, letters);
            case Outcome.Ignored(String reason) -> new Answer.Ignored(reason);
            case Outcome.ToBeListed(String reason) -> list(sender.registration(), reason, letters);
            case Outcome.Confirmed(Map<String, String> reply) -> new Answer.Confirmed(reply);
            case Outcome.PutAside letter -> putAside(letter, letters);
            case Outcome.Rejected(int status, String reason, String message) ->
                new Answer.Rejected(status, reason, message);
        };
    }

    // Only what is proven counts: nobody else can use up what a registry may announce.
    private Duration wait(Registration registration, Instant now) {
        Rate rate = registration.rate();
        return rate == null
                ? Duration.ZERO
                : limits.computeIfAbsent(registration.alias(), alias -> new TokenBucket(rate, now))
                        .take(now);
    }

    private Answer list(Registration registration, String reason, Letters letters) throws NotStoredException {
        if (registration.api() == null) {
            return putAside(
                    new Outcome.PutAside(
                            DeadLetterReason.UNUSABLE,
                            registration.alias() + ": expected an api to ask what is new, because the announcement ("
                                    + reason + ") does not tell it, found none"),
                    letters);
        }
        relisting.soon(registration.alias());
        return new Answer.ToBeListed(reason);
    }

    private Answer putAside(Outcome.PutAside letter, Letters letters) throws NotStoredException {
        Publisher.await(List.of(publisher.send(letters.of(letter))));
        return new Answer.PutAside(letter.reason().word(), letter.message());
    }

    private Answer store(Sender sender, Webhook webhook, Outcome.Accepted accepted, Letters letters)
            throws NotStoredException {
        List<Announcement> fresh = accepted.announcements().stream()
                .filter(announcement -> !recent.contains(announcement.eventId(), webhook.receivedAt()))
                .toList();
        List<Future<?>> sent = new ArrayList<>();
        var records = new AnnouncementRecords(sender.registration().kind(), Lane.INTERACTIVE, webhook.receivedAt());
        for (Announcement announcement : fresh) {
            sent.add(publisher.send(announcement, records, traceParent(webhook, announcement)));
        }
        for (Outcome.PutAside letter : accepted.putAside()) {
            sent.add(publisher.send(letters.of(letter)));
        }
        Publisher.await(sent);
        fresh.forEach(announcement -> recent.add(announcement.eventId(), clock.instant()));
        return new Answer.Stored(fresh, accepted.announcements().size() - fresh.size());
    }

    private DeadLetter letter(String path, Webhook webhook, Outcome.PutAside letter) {
        Map<String, String> headers = new HashMap<>();
        webhook.headers().forEach((name, value) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (KEPT_HEADERS.contains(lowerCase) || lowerCase.startsWith("ce-")) {
                headers.put(lowerCase, value);
            }
        });
        return deadLetters.ofRequest(path, headers, webhook.body(), letter.reason(), letter.message());
    }

    private static @Nullable String traceParent(Webhook webhook, Announcement announcement) {
        String traced = announcement.traceParent();
        String candidate = traced == null ? webhook.header("traceparent") : traced;
        return candidate != null && TRACE_PARENT.matcher(candidate).matches() ? candidate : null;
    }
}
