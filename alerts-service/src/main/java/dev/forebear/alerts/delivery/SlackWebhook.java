package dev.forebear.alerts.delivery;

import dev.forebear.runtime.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A Slack channel behind an incoming webhook. The address is the credential. What was sent cannot be changed, nor
 * answered in a thread.
 */
record SlackWebhook(Terms terms, Secret url, HttpPost http) implements Channel {

    /** Slack takes about one message a second and webhook. */
    static final Duration SPACING = Duration.ofSeconds(1);

    @Override
    public String kind() {
        return "slack";
    }

    @Override
    public Duration spacing() {
        return SPACING;
    }

    @Override
    public Answer send(Message message) {
        return http.send(URI.create(url.reveal()), Map.of(), Json.bytes(SlackBlocks.of(message)));
    }
}
