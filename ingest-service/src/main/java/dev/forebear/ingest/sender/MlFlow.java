package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Declared;
import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.util.Arrays;
import java.util.List;

/**
 * Webhooks of MLflow 3. A created model version is an upload; there are no events for changed ones.
 *
 * <p>Its {@code source} is what the client sent. Where that is {@code models:/}, {@code runs:/} or
 * {@code mlflow-artifacts:/} and the operator gave no template, the worker asks the MLflow server where it lies.
 */
record MlFlow(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return new MlFlowSignature(registration.proof())
                .check(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        String entity = body.text("entity");
        String action = body.text("action");
        if (entity.equals("model_version") && action.equals("created")) {
            return Outcome.Accepted.of(upload(body, webhook));
        }
        boolean declaration = entity.equals("model_version_tag")
                && "base_model".equals(body.at("data").optionalText("key"));
        return new Outcome.Ignored(declaration ? "declaration-changed" : "not-an-upload");
    }

    private ModelUpload upload(Payload body, Webhook webhook) {
        Payload data = body.at("data");
        String workspace = body.optionalText("workspace");
        // Two workspaces may use one name for two models.
        String name = workspace == null ? data.text("name") : workspace + "/" + data.text("name");
        ModelVersionId id = Announced.id(registration, name, data.text("version"));
        return ModelUpload.of(
                        eventId(webhook, id),
                        id,
                        Announced.location(registration, id, data.text("source")),
                        body.instant("timestamp", webhook.receivedAt()))
                .declaring(bases(id, data.at("tags")));
    }

    private String eventId(Webhook webhook, ModelVersionId id) {
        String delivery = webhook.header("X-MLflow-Delivery-Id");
        return delivery == null || delivery.isBlank()
                ? EventId.of(registration, "model_version.created", id.name(), id.version())
                : EventId.of(registration, delivery);
    }

    private static List<Declared> bases(ModelVersionId id, Payload tags) {
        String declared = tags.optionalText("base_model");
        return declared == null ? List.of() : Announced.bases(id, Arrays.asList(declared.split(",")), "registry-tag");
    }
}
