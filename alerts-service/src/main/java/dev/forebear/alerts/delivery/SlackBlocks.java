package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A message as Block Kit, within Slack's limits: 50 blocks, a header of 150 characters, sections of 3,000, ten fields
 * of 2,000, and about 13,000 characters in all. Texts are verbatim: nothing in a model's name becomes a link or a
 * mention.
 */
final class SlackBlocks {

    private static final int MOST_HEADER = 150;
    private static final int MOST_TEXT = 300;
    private static final int MOST_FIELD = 600;
    private static final int MOST_SUMMARY = 1_500;
    private static final int MOST_EXPLANATION = 2_900;
    private static final int MOST_ROW = 700;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Message message;
    private final ObjectNode root = Json.object();
    private final ArrayNode blocks;

    private SlackBlocks(Message message) {
        this.message = message;
        root.put("text", escaped(message.urgency() + ": " + message.title(), MOST_TEXT));
        this.blocks = root.putArray("blocks");
    }

    /** The message with a plain text for notifications, and a link. */
    static ObjectNode of(Message message) {
        SlackBlocks blocks = new SlackBlocks(message).body();
        blocks.open(blocks.actions());
        return blocks.root;
    }

    /** The same with buttons by which people answer; their value is the id of the message. */
    static ObjectNode withButtons(Message message) {
        SlackBlocks blocks = new SlackBlocks(message).body();
        ArrayNode buttons = blocks.actions();
        if (message.overview().open() > 0) {
            blocks.button(buttons, "Acknowledge", SlackActions.ACKNOWLEDGE);
            blocks.button(buttons, "Snooze 7 days", SlackActions.SNOOZE);
        }
        blocks.open(buttons);
        return blocks.root;
    }

    private SlackBlocks body() {
        header();
        Notice only = message.only();
        if (only != null && message.kind() != Message.Kind.DIGEST) {
            single(only);
        } else {
            many();
        }
        String deed = message.deed();
        if (!deed.isEmpty()) {
            context(deed);
        }
        return this;
    }

    private void header() {
        blocks.addObject()
                .put("type", "header")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", ShortText.of(message.headline(), MOST_HEADER))
                .put("emoji", false);
    }

    private void single(Notice notice) {
        ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
        field(fields, "Model", notice.model());
        field(fields, "Matches", notice.base() + " (" + notice.odds() + ")");
        field(fields, "Ancestor licence", notice.licence());
        field(fields, "Rule", Notice.name(notice.alert().getRule()));
        section(escaped(notice.explanation(), MOST_EXPLANATION));
        context("alert " + notice.alert().getAlertId() + " - severity " + notice.severity() + " - first seen "
                + TIME.format(notice.alert().getOpenedAt()));
    }

    private void many() {
        section(escaped(message.summary(), MOST_SUMMARY));
        for (Notice notice : message.shown()) {
            String link = " <" + escaped(notice.evidence().toString(), MOST_ROW) + "|open>";
            String words = notice.urgency() + ": " + (message.group() == null ? notice.title() : notice.model());
            section(escaped(words, MOST_ROW - link.length()) + link);
        }
        if (message.unnamed() > 0 && !message.shown().isEmpty()) {
            context(message.rest());
        }
    }

    private void section(String mrkdwn) {
        mrkdwn(blocks.addObject().put("type", "section").putObject("text"), mrkdwn);
    }

    private void context(String words) {
        ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
        mrkdwn(elements.addObject(), escaped(words, MOST_FIELD));
    }

    private static void field(ArrayNode fields, String label, String value) {
        mrkdwn(fields.addObject(), "*" + label + "*\n" + escaped(value, MOST_FIELD));
    }

    private static void mrkdwn(ObjectNode text, String mrkdwn) {
        text.put("type", "mrkdwn").put("text", mrkdwn).put("verbatim", true);
    }

    private ArrayNode actions() {
        return blocks.addObject().put("type", "actions").putArray("elements");
    }

    private void button(ArrayNode buttons, String label, String action) {
        ObjectNode button = buttons.addObject().put("type", "button");
        button.putObject("text").put("type", "plain_text").put("text", label);
        button.put("action_id", action).put("value", message.id());
    }

    private void open(ArrayNode buttons) {
        Notice only = message.only();
        URI link = only == null ? message.link() : only.evidence();
        ObjectNode button = buttons.addObject().put("type", "button");
        button.putObject("text")
                .put("type", "plain_text")
                .put("text", only == null ? "Open Forebear" : "Open evidence");
        button.put("url", link.toString()).put("action_id", SlackActions.OPEN);
    }

    /** Without this, a model called {@code <!channel>} would call everybody. At most so many characters, escaped. */
    static String escaped(String text, int most) {
        var escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            String next =
                    switch (text.charAt(i)) {
                        case '&' -> "&amp;";
                        case '<' -> "&lt;";
                        case '>' -> "&gt;";
                        default -> text.substring(i, i + 1);
                    };
            if (escaped.length() + next.length() >= most) {
                return cut(escaped);
            }
            escaped.append(next);
        }
        return escaped.toString();
    }

    private static String cut(StringBuilder text) {
        int length = text.length();
        if (length > 0 && Character.isHighSurrogate(text.charAt(length - 1))) {
            text.setLength(length - 1);
        }
        return text.append('…').toString();
    }
}
