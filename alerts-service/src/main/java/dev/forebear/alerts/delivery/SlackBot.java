package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.alerts.delivery.HttpPost.Reply;
import dev.forebear.runtime.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Slack channel that an app with a token posts to. What follows a message stands in its thread, and the message
 * itself is changed when somebody acts on what it tells of. A message is called {@code <channel id>/<ts>}.
 *
 * @param api address of Slack's Web API
 * @param channel id or name of the channel, as Slack takes it
 * @param signingSecret proves that a click comes from Slack; null when there are no buttons
 */
record SlackBot(
        Terms terms,
        URI api,
        Secret token,
        String channel,
        @Nullable Secret signingSecret,
        HttpPost http) implements Channel {

    /** Address of the Web API for everybody but governments. */
    static final URI API = URI.create("https://slack.com/api");

    private static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "internal_error",
            "fatal_error",
            "service_unavailable",
            "request_timeout",
            "team_added_to_org");

    /** The message is gone, or too old: what is new can be said all the same. */
    private static final Set<String> UNCHANGEABLE =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed", "update_failed");

    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public Duration spacing() {
        return SlackWebhook.SPACING;
    }

    @Override
    public boolean canChange() {
        return true;
    }

    @Override
    public Answer send(Message message) {
        String thread = message.thread();
        if (thread == null) {
            return post(message, null);
        }
        // Changing the same message to the same words twice does no harm; posting twice does. So this comes first.
        Answer changed =
                message.whole() == null ? new Answer.Accepted(null, null, thread) : change(message.whole(), thread);
        return message.kind() == Message.Kind.CHANGED || !(changed instanceof Answer.Accepted)
                ? changed
                : post(message, thread);
    }

    private Answer post(Message message, @Nullable String thread) {
        boolean buttons = signingSecret != null && thread == null && message.kind() != Message.Kind.TEST;
        ObjectNode body = buttons ? SlackBlocks.withButtons(message) : SlackBlocks.of(message);
        body.put("channel", thread == null ? channel : thread.substring(0, thread.indexOf('/')));
        if (thread != null) {
            body.put("thread_ts", thread.substring(thread.indexOf('/') + 1));
        }
        body.put("unfurl_links", false).put("unfurl_media", false);
        body.putObject("metadata")
                .put("event_type", "forebear_alerts")
                .putObject("event_payload")
                .put("message_id", message.id());
        return call("chat.postMessage", body, answer -> thread == null ? reference(answer) : thread);
    }

    private Answer change(Message whole, String reference) {
        ObjectNode body = signingSecret == null ? SlackBlocks.of(whole) : SlackBlocks.withButtons(whole);
        body.put("channel", reference.substring(0, reference.indexOf('/')));
        body.put("ts", reference.substring(reference.indexOf('/') + 1));
        Answer answer = call("chat.update", body, ignored -> reference);
        return answer instanceof Answer.Refused refused && UNCHANGEABLE.contains(refused.detail())
                ? new Answer.Accepted(
                        refused.status(), "the first message stays as it is: " + refused.detail(), reference)
                : answer;
    }

    private interface Reference {
        @Nullable
        String of(JsonNode answer);
    }

    private Answer call(String method, ObjectNode body, Reference reference) {
        return http.send(
                URI.create(api + "/" + method),
                Map.of("Authorization", "Bearer " + token.reveal()),
                Json.bytes(body),
                reply -> answer(reply, reference));
    }

    private static Answer answer(Reply reply, Reference reference) {
        if (reply.status() != 200) {
            return HttpPost.answer(reply);
        }
        JsonNode answer = Json.read(reply.body());
        if (answer.path("ok").asBoolean(false)) {
            return new Answer.Accepted(200, null, reference.of(answer));
        }
        String error = answer.path("error").asText("no answer of Slack's");
        String words = Detail.of(error);
        return PASSING.contains(error)
                ? new Answer.Postponed(200, words, reply.retryAfter())
                : new Answer.Refused(200, words);
    }

    private static @Nullable String reference(JsonNode answer) {
        String id = answer.path("channel").asText("");
        String time = answer.path("ts").asText("");
        return id.isEmpty() || time.isEmpty() ? null : id + "/" + time;
    }
}
