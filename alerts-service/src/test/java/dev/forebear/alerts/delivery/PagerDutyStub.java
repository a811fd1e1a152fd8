package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.alerts.delivery.StubServer.Reply;
import dev.forebear.alerts.delivery.StubServer.Request;
import dev.forebear.runtime.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** PagerDuty, as far as its documentation of the Events API v2 goes. */
final class PagerDutyStub implements AutoCloseable {

    static final Secret KEY = Secret.of("R0000000000000000000000000000000");

    private final StubServer server = new StubServer(this::answer);
    private final Map<String, String> incidents = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());

    StubServer server() {
        return server;
    }

    /** State of every incident: triggered, acknowledged or resolved. */
    Map<String, String> incidents() {
        return Map.copyOf(incidents);
    }

    List<JsonNode> events() {
        return List.copyOf(events);
    }

    PagerDuty channel(Terms terms) {
        return new PagerDuty(terms, server.url("/v2/enqueue"), KEY, new HttpPost(Duration.ofSeconds(5)));
    }

    private synchronized Reply answer(Request request) {
        JsonNode event = Json.read(new String(request.body(), StandardCharsets.UTF_8));
        String error = error(event, request.body().length);
        if (!error.isEmpty()) {
            return Reply.of(
                    400,
                    "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":[\"" + error
                            + "\"]}");
        }
        events.add(event);
        String key = event.path("dedup_key").asText();
        switch (event.path("event_action").asText()) {
            case "trigger" -> {
                if (!"acknowledged".equals(incidents.get(key))) {
                    incidents.put(key, "triggered");
                }
            }
            case "acknowledge" -> incidents.computeIfPresent(key, (k, state) -> "acknowledged");
            default -> incidents.computeIfPresent(key, (k, state) -> "resolved");
        }
        return Reply.of(202, "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"" + key + "\"}");
    }

    private static String error(JsonNode event, int bytes) {
        if (bytes > 512 << 10) {
            return "event is too large";
        }
        if (!KEY.reveal().equals(event.path("routing_key").asText())) {
            return "Invalid routing key";
        }
        String action = event.path("event_action").asText();
        if (!Set.of("trigger", "acknowledge", "resolve").contains(action)) {
            return "'event_action' is missing or invalid";
        }
        int key = event.path("dedup_key").asText().length();
        if (key > 255 || key == 0 && !"trigger".equals(action)) {
            return "'dedup_key' is missing or too long";
        }
        return "trigger".equals(action) ? payloadError(event.path("payload")) : "";
    }

    private static String payloadError(JsonNode payload) {
        int summary = payload.path("summary").asText().length();
        if (summary == 0 || summary > 1_024) {
            return "'payload.summary' is missing or too long";
        }
        if (payload.path("source").asText().isEmpty()) {
            return "'payload.source' is missing or blank";
        }
        return Set.of("critical", "error", "warning", "info")
                        .contains(payload.path("severity").asText())
                ? ""
                : "'payload.severity' is invalid";
    }

    @Override
    public void close() {
        server.close();
    }
}
