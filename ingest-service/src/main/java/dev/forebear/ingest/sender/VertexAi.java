package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Registration;

/**
 * Entries of the audit log of Vertex AI as Eventarc posts them: CloudEvents whose data is the entry. It is written
 * before the model has an id and a version, so all that follows is that the registry is to be asked. The proof is a
 * secret in {@code Authorization} or in the address; tokens of service accounts are not verified.
 */
record VertexAi(Registration registration) implements Sender {

    private static final String SERVICE = "google.cloud.aiplatform.";

    @Override
    public Outcome receive(Webhook webhook) {
        return SharedSecret.bearer(registration.proof().secrets())
                .checkBearerOrQuery(webhook)
                .then(() -> read(entry(Payload.parse(webhook.body()))));
    }

    // Structured CloudEvents hold the entry as their data.
    private static Payload entry(Payload body) {
        return body.has("specversion") ? body.at("data") : body;
    }

    private static Outcome read(Payload entry) {
        String method = entry.at("protoPayload").text("methodName");
        if (!method.startsWith(SERVICE)) {
            return new Outcome.Ignored("other-service");
        }
        return switch (method.substring(method.lastIndexOf('.') + 1)) {
            case "UploadModel", "CopyModel" -> new Outcome.ToBeListed("upload");
            case "DeleteModel", "DeleteModelVersion" -> new Outcome.ToBeListed("deletion");
            case "UpdateModel", "MergeVersionAliases" -> new Outcome.ToBeListed("update");
            default -> new Outcome.Ignored("not-an-upload");
        };
    }
}
