package dev.forebear.ingest.trial;

import dev.forebear.ingest.registration.Proof;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.sender.Hmac;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.ModelVersionId;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * An announcement with the proof that the registry would give.
 *
 * @param id by which the announced version is known afterwards
 */
record SignedSample(ModelVersionId id, Map<String, String> headers, byte[] body) {

    /**
     * Makes one with the first of the registry's secrets.
     *
     * @throws IllegalArgumentException when the registration does not say enough for an announcement
     */
    static SignedSample of(Registration registration, ModelVersionId id, Instant now) {
        if (registration.sources().alone()) {
            throw new IllegalArgumentException(registration.alias()
                    + ": expected a registry that posts, found one whose " + "events are fetched from "
                    + registration.sources().words());
        }
        var sample = SampleAnnouncement.of(registration, id, now);
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", contentType(registration));
        if (!registration.proof().secrets().isEmpty()) {
            headers.putAll(proof(registration, sample.body(), now));
        }
        return new SignedSample(sample.id(), headers, sample.body());
    }

    private static String contentType(Registration registration) {
        return switch (registration.kind()) {
            case CLOUD_EVENTS -> "application/cloudevents+json";
            case OCI -> "application/vnd.docker.distribution.events.v2+json";
            default -> "application/json";
        };
    }

    private static Map<String, String> proof(Registration registration, byte[] body, Instant now) {
        Secret secret = registration.proof().secrets().getFirst();
        return switch (registration.kind()) {
            case HUGGING_FACE -> Map.of("X-Webhook-Secret", secret.reveal());
            case GITLAB -> Map.of("X-Gitlab-Token", secret.reveal());
            case ARTIFACTORY -> Map.of("X-JFrog-Event-Auth", secret.reveal());
            case MLFLOW -> timed(secret, body, now);
            case DATABRICKS -> Map.of("X-Databricks-Signature", HexFormat.of().formatHex(hmac(secret, body)));
            case WEIGHTS_AND_BIASES ->
                Map.of("X-Wandb-Signature", Base64.getEncoder().encodeToString(hmac(secret, body)));
            case JSON -> carried(registration.proof().carrier(), secret, body);
            case S3, SAGEMAKER, AZURE_ML, VERTEX_AI, OCI, HARBOR, KUBEFLOW, CLOUD_EVENTS ->
                Map.of("Authorization", "Bearer " + secret.reveal());
        };
    }

    private static Map<String, String> timed(Secret secret, byte[] body, Instant now) {
        String delivery = UUID.randomUUID().toString();
        String timestamp = String.valueOf(now.getEpochSecond());
        byte[] code = Hmac.code(secret.revealBytes(), delivery + "." + timestamp + ".", body);
        return Map.of(
                "X-MLflow-Delivery-Id", delivery,
                "X-MLflow-Timestamp", timestamp,
                "X-MLflow-Signature", "v1," + Base64.getEncoder().encodeToString(code));
    }

    private static Map<String, String> carried(Proof.Carrier carrier, Secret secret, byte[] body) {
        String value =
                switch (carrier.form()) {
                    case SECRET -> secret.reveal();
                    case BEARER -> "Bearer " + secret.reveal();
                    case HMAC_SHA256_HEX -> carrier.prefix() + HexFormat.of().formatHex(hmac(secret, body));
                    case HMAC_SHA256_BASE64 ->
                        carrier.prefix() + Base64.getEncoder().encodeToString(hmac(secret, body));
                };
        return Map.of(carrier.header(), value);
    }

    private static byte[] hmac(Secret secret, byte[] body) {
        return Hmac.code(secret.revealBytes(), "", body);
    }
}
