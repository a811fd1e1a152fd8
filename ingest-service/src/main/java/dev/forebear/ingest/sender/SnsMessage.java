package dev.forebear.ingest.sender;

import static dev.forebear.ingest.sender.NotUnderstoodException.unusable;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What Amazon SNS puts around a message unless raw delivery is switched on. */
final class SnsMessage {

    private SnsMessage() {}

    /**
     * Reads the message within, or the body itself if SNS put nothing around it. A subscription is not confirmed by
     * itself: that would mean to call an address that a stranger wrote.
     */
    static Outcome unwrap(Payload body, Function<Payload, Outcome> reading) {
        String type = body.optionalText("Type");
        if (type == null || !body.has("TopicArn")) {
            return reading.apply(body);
        }
        return switch (type) {
            case "Notification" ->
                reading.apply(Payload.parse(body.text("Message").getBytes(StandardCharsets.UTF_8)));
            case "SubscriptionConfirmation" ->
                throw unusable("the subscription to " + body.text("TopicArn")
                        + " waits to be confirmed: expected `aws sns confirm-subscription` with the token of this"
                        + " message by hand, found the question");
            default -> new Outcome.Ignored("subscription");
        };
    }
}
