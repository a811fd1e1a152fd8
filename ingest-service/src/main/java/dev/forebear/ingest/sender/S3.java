package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ObjectChange;
import dev.forebear.ingest.registration.BucketLayout;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.wire.ObjectChangeKind;

/**
 * Bucket notifications of Amazon S3, MinIO, RustFS and whoever speaks like them, also as EventBridge or SNS pass them
 * on. The proof is a secret in {@code Authorization} or in the address. A model is many objects: every change of one
 * that matters is told, and whether it is complete is found out elsewhere.
 */
record S3(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearerOrQuery(webhook)
                .then(() -> SnsMessage.unwrap(Payload.parse(webhook.body()), body -> read(body, webhook)));
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
        ObjectChangeKind kind = event.kind();
        if (kind == ObjectChangeKind.OTHER) {
            return new Outcome.Ignored("not-a-write");
        }
        return ModelFile.isOne(event.key())
                ? Outcome.Accepted.of(change(kind, event))
                : new Outcome.Ignored("not-of-a-model");
    }

    private ObjectChange change(ObjectChangeKind kind, ObjectEvent event) {
        BucketLayout.Placed placed = Announced.place(registration, event.key());
        String root = "s3://" + event.bucket() + "/";
        return new ObjectChange(
                EventId.of(
                        registration,
                        event.bucket(),
                        event.key(),
                        event.objectVersion(),
                        event.sequencer(),
                        event.name()),
                registration.alias(),
                Announced.folder(registration, root, placed),
                placed.path(),
                placed.name(),
                placed.version(),
                kind,
                event.entityTag(),
                null,
                event.size(),
                event.by(),
                event.at(),
                null);
    }
}
