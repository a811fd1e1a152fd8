package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.LineageAlert;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** Any program that takes Standard Webhooks: signed, the id stable over retries, the timestamp new at each. */
record Webhook(String name, Audience audience, URI url, WebhookSigner signer, HttpPost http, InstantSource clock)
        implements Channel {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Duration spacing() {
        return Duration.ZERO;
    }

    @Override
    public Answer send(Notice notice) {
        byte[] body = body(notice);
        String id = "msg_" + notice.identity();
        long timestamp = clock.instant().getEpochSecond();
        return http.send(
                url,
                Map.of(
                        "webhook-id", id,
                        "webhook-timestamp", Long.toString(timestamp),
                        "webhook-signature", signer.signature(id, timestamp, body)),
                body);
    }

    static byte[] body(Notice notice) {
        LineageAlert alert = notice.alert();
        ObjectNode message = JSON.createObjectNode();
        message.put("type", notice.isResolved() ? "lineage.alert.resolved" : "lineage.alert.opened");
        message.put("timestamp", alert.getUpdatedAt().toString());
        ObjectNode data = message.putObject("data");
        data.put("alertId", alert.getAlertId());
        data.put("severity", word(alert.getSeverity()));
        data.put("state", word(alert.getState()));
        data.put("rule", alert.getRule());
        ModelVersionId model = notice.modelId();
        data.putObject("model")
                .put("registry", model.registry())
                .put("name", model.name())
                .put("version", model.version());
        if (alert.getBaseModelVersionId() != null) {
            data.putObject("ancestor").put("id", alert.getBaseModelVersionId()).put("license", alert.getBaseLicence());
        }
        data.put("verdict", word(alert.getVerdict()));
        data.put("log10EValue", alert.getLog10EValue());
        data.put("title", notice.title());
        data.put("explanation", notice.explanation());
        data.put("reportId", alert.getReportId());
        data.put("openedAt", alert.getOpenedAt().toString());
        data.put("evidenceUrl", notice.evidence().toString());
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts can be written", e);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
