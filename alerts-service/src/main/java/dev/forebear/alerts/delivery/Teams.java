package dev.forebear.alerts.delivery;

import dev.forebear.runtime.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A channel of Microsoft Teams behind a workflow that takes webhooks. The address is the credential. */
record Teams(Terms terms, Secret url, HttpPost http) implements Channel {

    /** Teams takes four requests a second. */
    private static final Duration SPACING = Duration.ofMillis(250);

    @Override
    public String kind() {
        return "teams";
    }

    @Override
    public Duration spacing() {
        return SPACING;
    }

    @Override
    public Answer send(Message message) {
        return http.send(URI.create(url.reveal()), Map.of(), AdaptiveCard.of(message), reply -> {
            // The connectors that workflows replaced said so within a 200.
            boolean tooMany = reply.status() == 200 && reply.body().contains("returned HTTP error 429");
            return tooMany
                    ? new Answer.Postponed(429, "too many requests", reply.retryAfter())
                    : HttpPost.answer(reply);
        });
    }
}
