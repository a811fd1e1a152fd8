package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A service of PagerDuty, by its Events API v2. One incident for each group: what follows goes to the same, which is
 * acknowledged when nothing of it is open any more and resolved when all of it is over. An incident is called by its
 * {@code dedup_key}, the id of the first message, so that no attempt makes a second one.
 *
 * @param url where events are taken
 */
record PagerDuty(Terms terms, URI url, Secret routingKey, HttpPost http) implements Channel {

    /** Where events are taken, unless the account is in Europe. */
    static final URI EVENTS = URI.create("https://events.pagerduty.com/v2/enqueue");

    private static final Duration SPACING = Duration.ofMillis(500);
    private static final int MOST_SUMMARY = 1_024;
    private static final int MOST_EXPLANATION = 1_500;

    @Override
    public String kind() {
        return "pagerduty";
    }

    @Override
    public Duration spacing() {
        return SPACING;
    }

    @Override
    public boolean canChange() {
        return true;
    }

    @Override
    public Answer send(Message message) {
        Answer answer = http.send(url, Map.of(), Json.bytes(event(message)));
        return answer instanceof Answer.Accepted accepted
                ? new Answer.Accepted(accepted.status(), accepted.detail(), key(message))
                : answer;
    }

    private ObjectNode event(Message message) {
        // A test rings nobody: what resolves an incident that never was is taken and does nothing.
        String action = message.kind() == Message.Kind.TEST ? "resolve" : action(message);
        ObjectNode event = Json.object();
        event.put("routing_key", routingKey.reveal());
        event.put("event_action", action);
        event.put("dedup_key", key(message));
        if ("trigger".equals(action)) {
            payload(event, message.whole() == null ? message : message.whole());
        }
        return event;
    }

    private static String key(Message message) {
        return message.thread() == null ? message.id() : message.thread();
    }

    private static String action(Message message) {
        Overview whole =
                message.whole() == null ? message.overview() : message.whole().overview();
        if (whole.over() == whole.total()) {
            return "resolve";
        }
        return whole.open() == 0 ? "acknowledge" : "trigger";
    }

    private static void payload(ObjectNode event, Message message) {
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", ShortText.of(message.title(), MOST_SUMMARY));
        payload.put(
                "source",
                message.links().page().getHost() == null
                        ? "forebear"
                        : message.links().page().getHost());
        payload.put("severity", severity(message.overview()));
        payload.put("timestamp", message.at().toString());
        if (message.group() != null) {
            payload.put("component", message.ancestor());
            payload.put("class", Notice.name(message.group().rule()));
        }
        payload.put("group", "model lineage");
        details(payload.putObject("custom_details"), message);
        ArrayNode links = event.putArray("links");
        links.addObject().put("href", message.link().toString()).put("text", "Forebear");
    }

    private static void details(ObjectNode details, Message message) {
        details.put("alerts", message.overview().total());
        details.put("summary", message.summary());
        ArrayNode shown = details.putArray("most_urgent");
        for (Notice notice : message.shown()) {
            shown.addObject()
                    .put("model", notice.model())
                    .put("matches", notice.base())
                    .put("odds", notice.odds())
                    .put("ancestor_licence", notice.licence())
                    .put("severity", notice.severity())
                    .put("explanation", ShortText.of(notice.explanation(), MOST_EXPLANATION))
                    .put("evidence", notice.evidence().toString());
        }
    }

    private static String severity(Overview overview) {
        Severity worst = overview.bySeverity().isEmpty()
                ? Severity.LOW
                : overview.bySeverity().keySet().iterator().next();
        return switch (worst) {
            case CRITICAL -> "critical";
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "info";
        };
    }
}
