package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event as CloudEvents 1.0.2 describes it.
 *
 * @param time when it happened, or null
 * @param traceParent of the distributed tracing extension, or null
 * @param data its payload, which is JSON here
 */
record CloudEvent(
        String id,
        String source,
        String type,
        @Nullable Instant time,
        @Nullable String traceParent,
        Payload data) {

    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    private static final int MAX_BATCH = 1000;

    /** Whether the media type is one of the CloudEvents formats that are read here. */
    static boolean understands(String mediaType) {
        return mediaType.equals(STRUCTURED) || mediaType.equals(BATCH);
    }

    /** The events of a request, each still to be read, so that one that cannot be leaves the others alone. */
    static List<Supplier<CloudEvent>> allOf(Webhook webhook) {
        return switch (webhook.mediaType()) {
            case STRUCTURED -> List.of(() -> structured(Payload.parse(webhook.body())));
            case BATCH -> {
                List<Payload> events = Payload.parse(webhook.body()).elements();
                if (events.size() > MAX_BATCH) {
                    throw malformed("body: expected at most " + MAX_BATCH + " events, found " + events.size());
                }
                yield events.stream()
                        .<Supplier<CloudEvent>>map(event -> () -> structured(event))
                        .toList();
            }
            default -> List.of(() -> binary(webhook));
        };
    }

    private static CloudEvent structured(Payload event) {
        requireVersion(event.text("specversion"));
        String time = event.optionalText("time");
        return new CloudEvent(
                event.text("id"),
                event.text("source"),
                event.text("type"),
                time == null ? null : Payload.instant("time", time),
                event.optionalText("traceparent"),
                event.at("data"));
    }

    private static CloudEvent binary(Webhook webhook) {
        requireVersion(attribute(webhook, "specversion"));
        String time = webhook.header("ce-time");
        String traceParent = webhook.header("ce-traceparent");
        return new CloudEvent(
                attribute(webhook, "id"),
                attribute(webhook, "source"),
                attribute(webhook, "type"),
                time == null ? null : Payload.instant("ce-time", decoded(time)),
                traceParent == null ? webhook.header("traceparent") : traceParent,
                Payload.parse(webhook.body()));
    }

    private static String attribute(Webhook webhook, String name) {
        String value = webhook.header("ce-" + name);
        if (value == null || value.isBlank()) {
            throw malformed("header ce-" + name + ": expected a text, found none");
        }
        return decoded(value);
    }

    // Header values are percent-encoded; a plus sign stands for itself.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("ce- headers: expected percent-encoded values, found '" + value + "'");
        }
    }

    private static void requireVersion(String version) {
        if (!version.equals("1.0")) {
            throw malformed("specversion: expected 1.0, found '" + version + "'");
        }
    }
}
