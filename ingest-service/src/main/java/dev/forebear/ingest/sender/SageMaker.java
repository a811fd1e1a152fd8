package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State changes of SageMaker's model packages as EventBridge posts them to an API destination, or SNS. The proof is a
 * secret in {@code Authorization}, or in the address. Approving a package repeats the event of its registration.
 */
record SageMaker(Registration registration) implements Sender {

    private static final String CHANGE = "SageMaker Model Package State Change";

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearerOrQuery(webhook)
                .then(() -> SnsMessage.unwrap(Payload.parse(webhook.body()), body -> read(body, webhook)));
    }

    private Outcome read(Payload event, Webhook webhook) {
        if (!event.text("detail-type").equals(CHANGE)) {
            return new Outcome.Ignored("other-type");
        }
        Payload detail = event.at("detail");
        ModelVersionId id =
                Announced.id(registration, detail.text("ModelPackageGroupName"), detail.scalar("ModelPackageVersion"));
        return switch (detail.text("ModelPackageStatus")) {
            case "Completed" -> completed(id, detail, event.instant("time", webhook.receivedAt()));
            case "Deleting", "Deleted" -> deleted(id, detail, event.instant("time", webhook.receivedAt()));
            default -> new Outcome.Ignored("not-completed");
        };
    }

    private Outcome completed(ModelVersionId id, Payload detail, Instant at) {
        String told = location(detail.at("InferenceSpecification").list("Containers"));
        if (!Announced.locates(registration, told)) {
            return new Outcome.ToBeListed("no-location");
        }
        String location = Announced.location(registration, id, told);
        return Outcome.Accepted.of(ModelUpload.of(
                        EventId.of(registration, detail.text("ModelPackageArn"), location),
                        id,
                        location,
                        detail.instant("CreationTime", at))
                .declaring(Announced.bases(registration, id, detail.at("CustomerMetadataProperties"))));
    }

    private Outcome deleted(ModelVersionId id, Payload detail, Instant at) {
        return Outcome.Accepted.of(ModelChange.of(
                EventId.of(registration, detail.text("ModelPackageArn"), "deleted"),
                id.registry(),
                id.name(),
                id.version(),
                ModelChangeKind.DELETED,
                at));
    }

    private static @Nullable String location(List<Payload> containers) {
        for (Payload container : containers) {
            String folder = container.at("ModelDataSource").at("S3DataSource").optionalText("S3Uri");
            String archive = container.optionalText("ModelDataUrl");
            if (folder != null || archive != null) {
                return folder != null ? folder : archive;
            }
        }
        return null;
    }
}
