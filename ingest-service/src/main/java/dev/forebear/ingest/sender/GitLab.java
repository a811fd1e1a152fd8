package dev.forebear.ingest.sender;

import dev.forebear.ingest.registration.Registration;

/**
 * Webhooks of GitLab projects. None of them tells of its model registry, but models are released by pipelines and tags:
 * those make us look. The proof is a signature as in Standard Webhooks, where the hook has a signing token, else the
 * secret token verbatim.
 */
record GitLab(Registration registration) implements Sender {

    @Override
    public Outcome receive(Webhook webhook) {
        return proof(webhook).then(() -> read(Payload.parse(webhook.body())));
    }

    private Authenticity proof(Webhook webhook) {
        // A signature that is there must fit: the token beside it does not tell whether the body was changed.
        return webhook.header("webhook-signature") == null
                ? new SharedSecret("X-Gitlab-Token", registration.proof().secrets()).check(webhook)
                : TimedSignature.ofStandardWebhooks(registration.proof()).check(webhook);
    }

    private static Outcome read(Payload body) {
        return switch (body.text("object_kind")) {
            case "tag_push" -> new Outcome.ToBeListed("tag");
            case "release" -> new Outcome.ToBeListed("release");
            case "pipeline" ->
                "success".equals(body.at("object_attributes").optionalText("status"))
                        ? new Outcome.ToBeListed("pipeline")
                        : new Outcome.Ignored("pipeline-not-done");
            default -> new Outcome.Ignored("not-a-release");
        };
    }
}
