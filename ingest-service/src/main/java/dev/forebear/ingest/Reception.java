package dev.forebear.ingest;

import dev.forebear.ingest.sender.ModelUpload;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelUploaded;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
            "x-webhook-id");

    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Publisher publisher;
    private final InstantSource clock;
    private final DeadLetters deadLetters;
    private final RecentEvents recent = new RecentEvents();

    Reception(Publisher publisher, InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
        this.deadLetters = new DeadLetters("ingest-service", clock);
    }

    /** What the sender is told. */
    sealed interface Answer {

        /**
         * @param published uploads that the broker acknowledged just now
         * @param duplicates uploads that it had acknowledged before
         */
        record Stored(List<ModelUpload> published, int duplicates) implements Answer {}

        record Ignored(String reason) implements Answer {}

        record PutAside(String reason, String message) implements Answer {}

        record Rejected(int status, String reason, String message) implements Answer {}
    }

    /**
     * Handles a request.
     *
     * @throws NotStoredException when the broker did not acknowledge; nothing is remembered then
     */
    Answer receive(Sender sender, String path, Webhook webhook) throws NotStoredException {
        return switch (sender.receive(webhook)) {
            case Outcome.Accepted accepted -> store(sender, path, webhook, accepted);
            case Outcome.Ignored(String reason) -> new Answer.Ignored(reason);
            case Outcome.PutAside letter -> {
                Publisher.await(List.of(publisher.send(letter(path, webhook, letter))));
                yield new Answer.PutAside(letter.reason().word(), letter.message());
            }
            case Outcome.Rejected(int status, String reason, String message) ->
                new Answer.Rejected(status, reason, message);
        };
    }

    private Answer store(Sender sender, String path, Webhook webhook, Outcome.Accepted accepted)
            throws NotStoredException {
        List<ModelUpload> fresh = accepted.uploads().stream()
                .filter(upload -> !recent.contains(upload.eventId(), webhook.receivedAt()))
                .toList();
        List<Future<?>> sent = new ArrayList<>();
        for (ModelUpload upload : fresh) {
            sent.add(publisher.send(upload, uploaded(sender, webhook, upload), traceParent(webhook, upload)));
        }
        for (Outcome.PutAside letter : accepted.putAside()) {
            sent.add(publisher.send(letter(path, webhook, letter)));
        }
        Publisher.await(sent);
        fresh.forEach(upload -> recent.add(upload.eventId(), clock.instant()));
        return new Answer.Stored(fresh, accepted.uploads().size() - fresh.size());
    }

    private static ModelUploaded uploaded(Sender sender, Webhook webhook, ModelUpload upload) {
        return ModelUploaded.newBuilder()
                .setEventId(upload.eventId())
                .setModelVersionId(upload.id().toString())
                .setRegistry(upload.id().registry())
                .setName(upload.id().name())
                .setVersion(upload.id().version())
                .setLocation(upload.location())
                .setSender(sender.registration().kind().word())
                .setLane(Lane.INTERACTIVE)
                .setDeclaredBases(upload.declaredBases().stream()
                        .map(base ->
                                new DeclaredBase(base, null, upload.declaredIn(), DeclarationStrength.STATED, null))
                        .toList())
                .setUploadedBy(upload.uploadedBy())
                .setUploadedAt(upload.uploadedAt())
                .setReceivedAt(webhook.receivedAt())
                .setCorrelationId(upload.correlationId())
                .build();
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

    private static @Nullable String traceParent(Webhook webhook, ModelUpload upload) {
        String candidate = upload.traceParent() == null ? webhook.header("traceparent") : upload.traceParent();
        return candidate != null && TRACE_PARENT.matcher(candidate).matches() ? candidate : null;
    }
}
