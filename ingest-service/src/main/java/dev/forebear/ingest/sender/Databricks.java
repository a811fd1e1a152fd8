package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.time.temporal.ChronoUnit;

/**
 * Webhooks of the workspace registry of Databricks; Unity Catalog has none. {@code X-Databricks-Signature} is an
 * HMAC-SHA256 of the body in hexadecimal digits. Where the weights lie is not said: the worker asks, as of MLflow.
 */
record Databricks(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return new BodySignature(
                        "X-Databricks-Signature",
                        "",
                        Hmac.Encoding.HEX,
                        registration.proof().secrets())
                .check(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        return body.text("event").equals("MODEL_VERSION_CREATED")
                ? Outcome.Accepted.of(upload(body, webhook))
                : new Outcome.Ignored("not-an-upload");
    }

    private ModelUpload upload(Payload body, Webhook webhook) {
        ModelVersionId id = Announced.id(registration, body.text("model_name"), body.scalar("version"));
        String time = body.has("event_timestamp") ? body.scalar("event_timestamp") : "";
        String location = "models:/" + id.name() + "/" + id.version();
        return ModelUpload.of(
                EventId.of(registration, body.text("event"), id.name(), id.version(), time),
                id,
                Announced.location(registration, id, location),
                body.epoch("event_timestamp", ChronoUnit.MILLIS, webhook.receivedAt()));
    }
}
