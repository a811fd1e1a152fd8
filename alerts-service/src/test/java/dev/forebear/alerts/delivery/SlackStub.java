package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.alerts.delivery.StubServer.Reply;
import dev.forebear.alerts.delivery.StubServer.Request;
import dev.forebear.runtime.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Slack, as far as its documentation of incoming webhooks, {@code chat.postMessage}, {@code chat.update} and Block Kit
 * goes: limits are enforced, errors are answered in Slack's words, and mentions are counted.
 */
final class SlackStub implements AutoCloseable {

    static final String TOKEN = "xoxb-1234";
    static final String CHANNEL = "C0123ABC";
    static final Secret SIGNING_SECRET = Secret.of("8f742231b10e8888abcd99yyyzzz85a5");

    private static final int MAX_CHARACTERS = 13_000;
    private static final Pattern MENTION = Pattern.compile("<[!@#][^>]*>");

    private final StubServer server = new StubServer(this::answer);
    private final Map<String, JsonNode> messages = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<JsonNode> posted = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> mentions = Collections.synchronizedSet(new HashSet<>());
    private int sequence;

    StubServer server() {
        return server;
    }

    /** Messages as they read now, by their time; those of threads among them. */
    List<JsonNode> messages() {
        return List.copyOf(messages.values());
    }

    /** Everything that was posted or changed, in that order. */
    List<JsonNode> posted() {
        return List.copyOf(posted);
    }

    /** What would have called somebody. */
    Set<String> mentions() {
        return Set.copyOf(mentions);
    }

    SlackBot bot(Terms terms) {
        return new SlackBot(
                terms,
                server.url("/api"),
                Secret.of(TOKEN),
                CHANNEL,
                SIGNING_SECRET,
                new HttpPost(Duration.ofSeconds(5)));
    }

    SlackWebhook webhook(Terms terms) {
        URI url = server.url("/services/T000/B000/XXXX");
        return new SlackWebhook(terms, Secret.of(url.toString()), new HttpPost(Duration.ofSeconds(5)));
    }

    private synchronized Reply answer(Request request) {
        JsonNode message = Json.read(new String(request.body(), StandardCharsets.UTF_8));
        return switch (request.path()) {
            case "/services/T000/B000/XXXX" -> {
                String error = error(message);
                if (error.isEmpty()) {
                    keep(time(), message);
                }
                yield error.isEmpty() ? Reply.of(200, "ok") : Reply.of(400, error);
            }
            case "/api/chat.postMessage" -> api(request, message, "");
            case "/api/chat.update" -> api(request, message, message.path("ts").asText("none"));
            default -> Reply.of(404, "no_service");
        };
    }

    private Reply api(Request request, JsonNode message, String ts) {
        String error = error(message);
        if (!("Bearer " + TOKEN).equals(request.headers().get("Authorization"))) {
            error = "invalid_auth";
        } else if (!CHANNEL.equals(message.path("channel").asText())) {
            error = "channel_not_found";
        } else if (!ts.isEmpty() && !messages.containsKey(ts)) {
            error = "message_not_found";
        }
        if (!error.isEmpty()) {
            return Reply.of(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
        }
        String time = ts.isEmpty() ? time() : ts;
        keep(time, message);
        return Reply.of(200, "{\"ok\":true,\"channel\":\"" + CHANNEL + "\",\"ts\":\"" + time + "\"}");
    }

    private String time() {
        return "1795161604.%06d".formatted(++sequence);
    }

    private void keep(String time, JsonNode message) {
        messages.put(time, message);
        posted.add(message);
        for (JsonNode text : message.findValues("text")) {
            MENTION.matcher(text.asText()).results().forEach(mention -> mentions.add(mention.group()));
        }
    }

    private static String error(JsonNode message) {
        JsonNode blocks = message.path("blocks");
        int characters = message.findValues("text").stream()
                .mapToInt(text -> text.asText().length())
                .sum();
        if (message.path("text").asText().isEmpty() && blocks.isEmpty()) {
            return "no_text";
        }
        if (message.path("text").asText().length() > 40_000) {
            return "msg_too_long";
        }
        if (characters > MAX_CHARACTERS) {
            return "msg_blocks_too_long";
        }
        boolean valid = blocks.size() <= 50;
        for (JsonNode block : blocks) {
            valid &= isValid(block);
        }
        return valid ? "" : "invalid_blocks";
    }

    private static boolean isValid(JsonNode block) {
        return switch (block.path("type").asText()) {
            case "header" -> isText(block.path("text"), "plain_text", 150);
            case "section" ->
                (block.has("text") || block.has("fields"))
                        && (!block.has("text") || isText(block.path("text"), "mrkdwn", 3_000))
                        && block.path("fields").size() <= 10
                        && all(block.path("fields"), 2_000);
            case "context" ->
                !block.path("elements").isEmpty()
                        && block.path("elements").size() <= 10
                        && all(block.path("elements"), 2_000);
            case "actions" -> !block.path("elements").isEmpty() && areButtons(block.path("elements"));
            default -> false;
        };
    }

    private static boolean areButtons(JsonNode elements) {
        Set<String> actions = new HashSet<>();
        boolean valid = elements.size() <= 25;
        for (JsonNode button : elements) {
            valid &= "button".equals(button.path("type").asText())
                    && isText(button.path("text"), "plain_text", 75)
                    && button.path("value").asText().length() <= 2_000
                    && button.path("url").asText().length() <= 3_000
                    && button.path("action_id").asText().length() <= 255
                    && actions.add(button.path("action_id").asText());
        }
        return valid;
    }

    private static boolean all(JsonNode texts, int most) {
        boolean valid = true;
        for (JsonNode text : texts) {
            valid &= isText(text, "mrkdwn", most);
        }
        return valid;
    }

    private static boolean isText(JsonNode text, String type, int most) {
        int length = text.path("text").asText().length();
        return type.equals(text.path("type").asText()) && length > 0 && length <= most;
    }

    @Override
    public void close() {
        server.close();
    }
}
