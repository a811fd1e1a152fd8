package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.runtime.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** A Slack channel behind an incoming webhook. The address is the credential. */
record Slack(String name, Audience audience, Secret url, HttpPost http) implements Channel {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Slack takes about one message a second and webhook. */
    private static final Duration SPACING = Duration.ofSeconds(1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    @Override
    public Duration spacing() {
        return SPACING;
    }

    @Override
    public Answer send(Notice notice) {
        return http.send(URI.create(url.reveal()), Map.of(), payload(notice));
    }

    /** The message as Block Kit, with a plain text for notifications. */
    static byte[] payload(Notice notice) {
        ObjectNode message = JSON.createObjectNode();
        message.put("text", escaped(notice.urgency() + ": " + notice.title()));
        ArrayNode blocks = message.putArray("blocks");
        header(blocks.addObject(), notice);
        fields(blocks.addObject(), notice);
        context(blocks.addObject(), notice);
        actions(blocks.addObject(), notice);
        try {
            return JSON.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts can be written", e);
        }
    }

    private static void header(ObjectNode block, Notice notice) {
        block.put("type", "header");
        block.putObject("text")
                .put("type", "plain_text")
                .put("text", notice.headline())
                .put("emoji", false);
    }

    private static void fields(ObjectNode block, Notice notice) {
        block.put("type", "section");
        ArrayNode fields = block.putArray("fields");
        mrkdwn(fields.addObject(), "*Model*\n" + escaped(notice.model()));
        mrkdwn(fields.addObject(), "*Matches*\n" + escaped(notice.base() + " (" + notice.odds() + ")"));
        mrkdwn(fields.addObject(), "*Ancestor licence*\n" + escaped(notice.licence()));
        mrkdwn(fields.addObject(), "*Rule*\n" + escaped(notice.alert().getRule()));
    }

    private static void context(ObjectNode block, Notice notice) {
        block.put("type", "context");
        String text = "alert " + notice.alert().getAlertId() + " - severity "
                + notice.alert().getSeverity().name().toLowerCase(Locale.ROOT) + " - first seen "
                + TIME.format(notice.alert().getOpenedAt());
        mrkdwn(block.putArray("elements").addObject(), escaped(text));
    }

    private static void actions(ObjectNode block, Notice notice) {
        block.put("type", "actions");
        ObjectNode button = block.putArray("elements").addObject();
        button.put("type", "button");
        button.putObject("text").put("type", "plain_text").put("text", "Open evidence");
        button.put("url", notice.evidence().toString()).put("action_id", "open");
    }

    private static void mrkdwn(ObjectNode field, String text) {
        field.put("type", "mrkdwn").put("text", text);
    }

    /** Without this, a model called {@code <!channel>} would call everybody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
