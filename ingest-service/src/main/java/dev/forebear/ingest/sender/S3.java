package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.unusable;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;

/**
 * Bucket notifications of Amazon S3, MinIO, RustFS and whoever speaks like them, also as EventBridge passes them on.
 * The proof is a bearer token. A checkpoint is many objects: it counts as uploaded when the object arrives that holds
 * all weights, or the index of the shards.
 */
record S3(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearerOrQuery(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        if ("s3:TestEvent".equals(body.optionalText("Event"))) {
            return new Outcome.Ignored("test-event");
        }
        if (body.has("detail-type")) {
            return one(ObjectEvent.ofEventBridge(body, webhook.receivedAt()));
        }
        if (!body.has("Records")) {
            throw NotUnderstoodException.malformed("Records: expected a list, found nothing");
        }
        return Outcome.ofEach(body.list("Records"), record -> one(ObjectEvent.ofRecord(record, webhook.receivedAt())));
    }

    private Outcome one(ObjectEvent event) {
        if (!event.writesObject()) {
            return new Outcome.Ignored("not-a-write");
        }
        return switch (ObjectRole.of(event.fileName())) {
            case ANNOUNCES -> Outcome.Accepted.of(upload(event));
            case SHARD -> new Outcome.Ignored("shard");
            case OTHER -> new Outcome.Ignored("not-weights");
        };
    }

    private ModelUpload upload(ObjectEvent event) {
        var place = registration
                .where()
                .layout()
                .read(event.folder())
                .orElseThrow(() -> unusable("object '" + event.key() + "': expected a folder like "
                        + registration.where().layout().text() + ", found '" + event.folder() + "'"));
        String version = place.version() == null ? event.objectVersion() : place.version();
        ModelVersionId id = Announced.id(registration, place.name(), version);
        String folder = "s3://" + event.bucket() + "/" + event.folder() + "/";
        String eventId = EventId.of(
                registration, event.bucket(), event.key(), event.objectVersion(), event.sequencer(), event.name());
        return ModelUpload.of(eventId, id, Announced.location(registration, id, folder), event.at())
                .by(event.by());
    }
}
