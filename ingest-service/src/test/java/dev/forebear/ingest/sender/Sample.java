package dev.forebear.ingest.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A request as a registry sends it, byte for byte: body and headers with their secrets and signatures. */
public final class Sample {

    /** Half a minute after the signed timestamps of the samples. */
    public static final Instant TIME = Instant.parse("2026-11-20T08:00:30Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Sample() {}

    /** The whole request. */
    public static Webhook read(String name) {
        Map<String, String> headers = new HashMap<>();
        JsonNode http;
        try {
            http = JSON.readTree(bytes(name + ".http.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return new Webhook(headers, body(name), TIME);
    }

    /** The body alone, for senders whose headers are the transport's business. */
    public static byte[] body(String name) {
        return bytes(name + ".body.json");
    }

    /** The headers that the same event has as a record. */
    public static Map<String, String> recordHeaders(String name) {
        Map<String, String> headers = new HashMap<>();
        try {
            JSON.readTree(bytes(name + ".http.json"))
                    .at("/kafkaBinding/headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return headers;
    }

    static Webhook with(Webhook webhook, String header, String value) {
        Map<String, String> headers = new HashMap<>(webhook.headers());
        headers.keySet().removeIf(header::equalsIgnoreCase);
        headers.put(header, value);
        return new Webhook(headers, webhook.body(), webhook.receivedAt());
    }

    public static Webhook without(Webhook webhook, String header) {
        Map<String, String> headers = new HashMap<>(webhook.headers());
        headers.keySet().removeIf(header::equalsIgnoreCase);
        return new Webhook(headers, webhook.body(), webhook.receivedAt());
    }

    static Webhook with(Webhook webhook, byte[] body) {
        return new Webhook(webhook.headers(), body, webhook.receivedAt());
    }

    static Webhook at(Instant time, Webhook webhook) {
        return new Webhook(webhook.headers(), webhook.body(), time);
    }

    /** A file among the samples. */
    public static byte[] bytes(String file) {
        try (InputStream in = Sample.class.getResourceAsStream("/webhooks/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no sample " + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
