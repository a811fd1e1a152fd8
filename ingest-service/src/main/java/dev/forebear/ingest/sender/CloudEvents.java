package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.time.Instant;

/**
 * CloudEvents 1.0 over HTTP, structured, binary or as a batch, for registries without a webhook format of their own.
 * The data is {@code {"model", "version", "location"?, "base_models"?}}. A bearer token proves them, if one is
 * configured.
 */
record CloudEvents(Registration registration) implements Sender {

    private static final String CREATED = "model.version.created";
    private static final String DELETED = "model.version.deleted";

    @Override
    public Outcome receive(Webhook webhook) {
        String mediaType = webhook.mediaType();
        if (mediaType.startsWith("application/cloudevents") && !CloudEvent.understands(mediaType)) {
            return new Outcome.Rejected(415, "format", "expected CloudEvents as JSON, found " + mediaType);
        }
        return SharedSecret.bearer(registration.proof().secrets())
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
        if (created) {
            return Outcome.Accepted.of(upload(event, webhook));
        }
        return event.type().endsWith(DELETED)
                ? Outcome.Accepted.of(deletion(event, webhook))
                : new Outcome.Ignored("other-type");
    }

    private ModelUpload upload(CloudEvent event, Webhook webhook) {
        Payload data = event.data();
        ModelVersionId id = Announced.id(registration, data.text("model"), data.text("version"));
        return ModelUpload.of(
                        EventId.of(registration, event.source(), event.id()),
                        id,
                        Announced.location(registration, id, data.optionalText("location")),
                        at(event, webhook))
                .declaring(Announced.bases(id, data.texts("base_models"), "webhook"))
                .tracedBy(event.traceParent());
    }

    // Of one version, or of all when none is named.
    private ModelChange deletion(CloudEvent event, Webhook webhook) {
        String version = event.data().optionalText("version");
        return ModelChange.of(
                        EventId.of(registration, event.source(), event.id()),
                        registration.alias(),
                        Announced.name(registration, event.data().text("model")),
                        version,
                        ModelChangeKind.DELETED,
                        at(event, webhook))
                .tracedBy(event.traceParent());
    }

    private static Instant at(CloudEvent event, Webhook webhook) {
        return event.time() == null ? webhook.receivedAt() : event.time();
    }
}
