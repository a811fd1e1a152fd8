package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.malformed;

import dev.forebear.ingest.announcement.EventId;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.ModelVersionId;

/**
 * Automations of Weights &amp; Biases, whose body is a template that the user pastes. The proof is
 * {@code X-Wandb-Signature}, an HMAC-SHA256 of the body in Base64, where a secret is configured, else the access token
 * as bearer.
 */
record WeightsAndBiases(Registration registration) implements Sender {

    private static final String SIGNATURE = "X-Wandb-Signature";

    @Override
    public Outcome receive(Webhook webhook) {
        return proof(webhook).then(() -> read(Payload.parse(webhook.body()), webhook));
    }

    // A signature that is there must fit: the token beside it does not tell whether the body was changed.
    private Authenticity proof(Webhook webhook) {
        var secrets = registration.proof().secrets();
        Authenticity signed = new BodySignature(SIGNATURE, "", Hmac.Encoding.BASE64, secrets).check(webhook);
        return webhook.header(SIGNATURE) == null
                ? signed.or(SharedSecret.bearer(secrets).checkBearer(webhook))
                : signed;
    }

    private Outcome read(Payload body, Webhook webhook) {
        return switch (body.text("event_type")) {
            // A new version that nobody links yet is none of the registry's.
            case "LINK_ARTIFACT", "LINK_MODEL" -> linked(body, webhook);
            default -> new Outcome.Ignored("not-an-upload");
        };
    }

    private Outcome linked(Payload body, Webhook webhook) {
        String artifact = body.text("artifact_version_string");
        int colon = artifact.lastIndexOf(':');
        if (colon < 0) {
            throw malformed("artifact_version_string: expected entity/project/name:version, found '" + artifact + "'");
        }
        ModelVersionId id = Announced.id(registration, artifact.substring(0, colon), artifact.substring(colon + 1));
        String told = body.optionalText("location");
        if (!Announced.locates(registration, told)) {
            return new Outcome.ToBeListed("no-location");
        }
        return Outcome.Accepted.of(ModelUpload.of(
                        EventId.of(registration, "linked", artifact),
                        id,
                        Announced.location(registration, id, told),
                        webhook.receivedAt())
                .declaring(Announced.bases(registration, id, body))
                .by(body.optionalText("event_author")));
    }
}
