package dev.forebear.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks as MLflow 3 signs them, each of another model version, as bytes that go over a connection. */
final class SignedDeliveries {

    private final String authority;
    private final String alias;
    private final SecretKeySpec key;

    SignedDeliveries(String authority, String alias, String secret) {
        this.authority = authority;
        this.alias = alias;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** Identifies a delivery, and with it the upload that it announces. */
    static String id(String run, long number) {
        return run + "-" + number;
    }

    /** The whole request. */
    byte[] request(String run, long number) {
        String delivery = id(run, number);
        long now = Instant.now().getEpochSecond();
        String body = "{\"entity\": \"model_version\", \"action\": \"created\", \"timestamp\": \""
                + Instant.ofEpochSecond(now) + "\", \"data\": {\"name\": \"model-" + number % 1000
                + "\", \"version\": \""
                + delivery + "\", \"source\": \"s3://models/model-" + number % 1000 + "/" + number
                + "/\", \"run_id\": null, \"tags\": {\"base_model\": \"quarry-ai/basalt-7b\"}, \"description\": null}}";
        String request = "POST /hooks/" + alias + " HTTP/1.1\r\nHost: " + authority
                + "\r\nContent-Type: application/json\r\nX-MLflow-Delivery-Id: " + delivery
                + "\r\nX-MLflow-Timestamp: " + now + "\r\nX-MLflow-Signature: v1,"
                + signature(delivery + "." + now + "." + body) + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
        return request.getBytes(StandardCharsets.US_ASCII);
    }

    private String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
