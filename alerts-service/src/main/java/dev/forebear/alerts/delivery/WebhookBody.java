package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.schemas.wire.LineageAlert;

/**
 * A message as {@code type}, {@code timestamp} and {@code data}, under 20 kB as the specification of Standard Webhooks
 * asks: alerts are left out until it fits.
 */
final class WebhookBody {

    static final int MAX_BYTES = 20_000;

    private static final int MOST_EXPLANATION = 600;

    private WebhookBody() {}

    static byte[] of(Message message) {
        for (int rows = Message.MOST_SHOWN; rows > 0; rows--) {
            byte[] bytes = Json.bytes(body(message, rows));
            if (bytes.length < MAX_BYTES) {
                return bytes;
            }
        }
        return Json.bytes(body(message, 0));
    }

    private static ObjectNode body(Message message, int rows) {
        ObjectNode body = Json.object();
        body.put("type", type(message.kind()));
        body.put("timestamp", message.at().toString());
        ObjectNode data = body.putObject("data");
        data.put("messageId", message.id());
        data.put("channel", message.channel());
        data.put("title", message.title());
        data.put("url", message.link().toString());
        if (message.group() != null) {
            data.put("rule", message.group().rule());
            data.put("ancestorId", message.group().ancestor());
        }
        data.put("total", message.overview().total());
        ObjectNode severities = data.putObject("bySeverity");
        message.overview().bySeverity().forEach((severity, count) -> severities.put(Json.word(severity), count));
        ObjectNode states = data.putObject("byState");
        message.overview().byState().forEach((state, count) -> states.put(Json.word(state), count));
        ArrayNode alerts = data.putArray("alerts");
        message.shown().stream().limit(rows).forEach(notice -> alert(alerts.addObject(), notice));
        return body;
    }

    private static String type(Message.Kind kind) {
        return switch (kind) {
            case OPENED -> "alert.opened";
            case UPDATED, CHANGED -> "alert.updated";
            case RESOLVED -> "alert.resolved";
            case DIGEST -> "alerts.digest";
            case TEST -> "test";
        };
    }

    private static void alert(ObjectNode json, Notice notice) {
        LineageAlert alert = notice.alert();
        json.put("id", alert.getAlertId());
        json.put("rule", alert.getRule());
        json.put("severity", Json.word(alert.getSeverity()));
        json.put("state", Json.word(alert.getState()));
        json.put("resolution", alert.getResolution() == null ? null : Json.word(alert.getResolution()));
        json.put("derivedVersionId", notice.model());
        json.put("baseVersionId", alert.getBaseModelVersionId() == null ? null : notice.base());
        json.put("baseLicence", alert.getBaseLicence() == null ? null : notice.licence());
        json.put("verdict", Json.word(alert.getVerdict()));
        json.put("log10EValue", alert.getLog10EValue());
        json.put("title", ShortText.of(notice.title(), MOST_EXPLANATION));
        json.put("explanation", ShortText.of(notice.explanation(), MOST_EXPLANATION));
        json.put("reportId", Notice.name(alert.getReportId()));
        json.put("openedAt", alert.getOpenedAt().toString());
        json.put("url", notice.evidence().toString());
    }
}
