package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;

/**
 * CloudEvents 1.0 over HTTP, structured, binary or as a batch, for registries without a webhook format of their own.
 * The data is {@code {"model", "version", "location"?, "base_models"?}}. A bearer token proves them, if one is
 * configured.
 */
record CloudEvents(Registration registration) implements Sender {

    private static final String CREATED = "model.version.created";

    @Override
    public Outcome receive(Webhook webhook) {
        String mediaType = webhook.mediaType();
        if (mediaType.startsWith("application/cloudevents") && !CloudEvent.understands(mediaType)) {
            return new Outcome.Rejected(415, "format", "expected CloudEvents as JSON, found " + mediaType);
        }
        return new SharedSecret("Authorization", registration.proof().secrets())
                .checkBearer(webhook)
                .then(() -> read(webhook));
    }

    private Outcome read(Webhook webhook) {
        return Outcome.ofEach(CloudEvent.allOf(webhook), event -> one(event.get(), webhook));
    }

    private Outcome one(CloudEvent event, Webhook webhook) {
        String wanted = registration.reading().type();
        boolean created =
                wanted == null ? event.type().endsWith(CREATED) : event.type().equals(wanted);
        return created ? Outcome.Accepted.of(upload(event, webhook)) : new Outcome.Ignored("other-type");
    }

    private ModelUpload upload(CloudEvent event, Webhook webhook) {
        Payload data = event.data();
        ModelVersionId id = Announced.id(registration, data.text("model"), data.text("version"));
        return ModelUpload.of(
                        EventId.of(registration, event.source(), event.id()),
                        id,
                        Announced.location(registration, id, data.optionalText("location")),
                        event.time() == null ? webhook.receivedAt() : event.time())
                .declaring(Announced.bases(id, data.texts("base_models"), "webhook"))
                .tracedBy(event.traceParent());
    }
}
