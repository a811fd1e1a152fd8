package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;
import java.util.List;
import java.util.Map;

/**
 * Events of Azure Machine Learning workspaces as Event Grid posts them, in its own schema or as CloudEvents. They tell
 * a model and its version, not where it lies. The proof is a secret in {@code Authorization} or in the address; Entra
 * tokens are not verified.
 */
record AzureMl(Registration registration) implements Sender {

    private static final String REGISTERED = "Microsoft.MachineLearningServices.ModelRegistered";
    private static final String VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent";
    private static final int MAX_CODE_LENGTH = 256;

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearerOrQuery(webhook)
                .then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    private Outcome read(Payload body, Webhook webhook) {
        List<Payload> events = body.node().isArray() ? body.elements() : List.of(body);
        if (events.isEmpty()) {
            throw NotUnderstoodException.malformed("body: expected at least one event, found none");
        }
        return Outcome.ofEach(events, event -> one(event, webhook));
    }

    private Outcome one(Payload event, Webhook webhook) {
        String type = event.firstScalar("eventType", "type");
        if (type.equals(VALIDATION)) {
            return confirmation(event.at("data").text("validationCode"));
        }
        return type.equals(REGISTERED) ? registered(event, webhook) : new Outcome.Ignored("not-an-upload");
    }

    private static Outcome confirmation(String code) {
        if (code.length() > MAX_CODE_LENGTH) {
            throw NotUnderstoodException.malformed(
                    "data.validationCode: expected at most " + MAX_CODE_LENGTH + " characters, found " + code.length());
        }
        return new Outcome.Confirmed(Map.of("validationResponse", code));
    }

    // The names of data are written as in the documentation, or as the SDKs make of them.
    private Outcome registered(Payload event, Webhook webhook) {
        Payload data = event.at("data");
        ModelVersionId id = Announced.id(
                registration,
                data.firstScalar("ModelName", "modelName"),
                data.firstScalar("ModelVersion", "modelVersion"));
        if (!Announced.locates(registration, null)) {
            return new Outcome.ToBeListed("no-location");
        }
        Payload tags = data.at(data.has("ModelTags") ? "ModelTags" : "modelTags");
        return Outcome.Accepted.of(ModelUpload.of(
                        EventId.of(registration, event.text("id")),
                        id,
                        Announced.location(registration, id, null),
                        event.instant(event.has("time") ? "time" : "eventTime", webhook.receivedAt()))
                .declaring(Announced.bases(registration, id, tags)));
    }
}
