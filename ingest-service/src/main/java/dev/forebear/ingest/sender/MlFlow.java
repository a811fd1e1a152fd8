package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelChange;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelChangeKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Webhooks of MLflow 3. A created model version is an upload, a tag in which bases are declared changes what is
 * declared. There are no events for versions that are changed or deleted.
 *
 * <p>The {@code source} of a version is what the client sent. Where that is {@code models:/}, {@code runs:/} or
 * {@code mlflow-artifacts:/} and the operator gave no template, the worker asks the MLflow server where it lies.
 */
record MlFlow(Registration registration) implements Sender {

    private static final String TAG_SET = "model_version_tag.set";

    @Override
    public Outcome receive(Webhook webhook) {
        return TimedSignature.ofMlFlow(registration.proof())
                .check(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        String event = body.text("entity") + "." + body.text("action");
        return switch (event) {
            case "model_version.created" -> Outcome.Accepted.of(upload(body, webhook));
            case TAG_SET, "model_version_tag.deleted" -> tag(event, body, webhook);
            default -> new Outcome.Ignored("not-an-upload");
        };
    }

    private ModelUpload upload(Payload body, Webhook webhook) {
        Payload data = body.at("data");
        ModelVersionId id = id(body);
        return ModelUpload.of(
                        eventId(webhook, "model_version.created", id, ""),
                        id,
                        Announced.location(registration, id, data.text("source")),
                        body.instant("timestamp", webhook.receivedAt()))
                .declaring(Announced.bases(registration, id, data.at("tags")));
    }

    private Outcome tag(String event, Payload body, Webhook webhook) {
        Payload data = body.at("data");
        List<String> tags = registration.reading().declaringTags();
        if (!tags.contains(data.text("key"))) {
            return new Outcome.Ignored("other-tag");
        }
        if (tags.size() > 1) {
            // All that is declared is wanted, and the event tells one of several tags.
            return new Outcome.ToBeListed("declaration-changed");
        }
        ModelVersionId id = id(body);
        List<String> names =
                event.equals(TAG_SET) ? Arrays.asList(data.text("value").split(",", -1)) : List.of();
        List<Declared> bases = Announced.bases(id, names, "registry-tag");
        Instant at = body.instant("timestamp", webhook.receivedAt());
        String eventId = eventId(webhook, event, id, at.toString());
        return Outcome.Accepted.of(
                ModelChange.of(eventId, id.registry(), id.name(), id.version(), ModelChangeKind.DECLARATION_CHANGED, at)
                        .declaring(bases));
    }

    private ModelVersionId id(Payload body) {
        Payload data = body.at("data");
        String workspace = body.optionalText("workspace");
        // Two workspaces may use one name for two models.
        String name = workspace == null ? data.text("name") : workspace + "/" + data.text("name");
        return Announced.id(registration, name, data.text("version"));
    }

    private String eventId(Webhook webhook, String event, ModelVersionId id, String time) {
        String delivery = webhook.header("X-MLflow-Delivery-Id");
        return delivery == null || delivery.isBlank()
                ? EventId.of(registration, event, id.name(), id.version(), time)
                : EventId.of(registration, delivery);
    }
}
