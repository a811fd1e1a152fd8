package dev.forebear.alerts.delivery;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Any program that takes Standard Webhooks: signed, the id stable over retries, the timestamp new at each. */
record Webhook(Terms terms, URI url, WebhookSigner signer, HttpPost http, InstantSource clock) implements Channel {

    private static final int GONE = 410;

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public Duration spacing() {
        return Duration.ZERO;
    }

    @Override
    public Answer send(Message message) {
        byte[] body = WebhookBody.of(message);
        long timestamp = clock.instant().getEpochSecond();
        Map<String, String> headers = Map.of(
                "webhook-id", message.id(),
                "webhook-timestamp", Long.toString(timestamp),
                "webhook-signature", signer.signature(message.id(), timestamp, body));
        return http.send(
                url,
                headers,
                body,
                reply -> reply.status() == GONE
                        ? new Answer.Gone(GONE, reply.detail() + "; nothing more is sent before the next start")
                        : HttpPost.answer(reply));
    }
}
