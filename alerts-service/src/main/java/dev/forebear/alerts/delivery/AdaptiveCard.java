package dev.forebear.alerts.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * A message as an Adaptive Card in the envelope that Teams takes, at most 28 KB: rows are left out until it fits. Cards
 * read Markdown, so whatever comes from outside is escaped.
 */
final class AdaptiveCard {

    static final int MAX_BYTES = 28 * 1024;

    private static final int MOST_EXPLANATION = 1_500;
    private static final int MOST_ROW = 400;

    private AdaptiveCard() {}

    static byte[] of(Message message) {
        for (int rows = Message.MOST_SHOWN; rows > 0; rows--) {
            byte[] bytes = Json.bytes(envelope(message, rows));
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
        }
        return Json.bytes(envelope(message, 0));
    }

    private static ObjectNode envelope(Message message, int rows) {
        ObjectNode envelope = Json.object().put("type", "message");
        ObjectNode attachment = envelope.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard").put("version", "1.4");
        card.putObject("msteams").put("width", "Full");
        card.put("fallbackText", escaped(ShortText.of(message.title(), MOST_ROW)));
        ArrayNode body = card.putArray("body");
        text(body, escaped(message.urgency() + ": " + message.headline()), true);
        Notice only = message.only();
        if (only != null && message.kind() != Message.Kind.DIGEST) {
            single(body, only);
        } else {
            many(body, message, rows);
        }
        if (!message.deed().isEmpty()) {
            text(body, escaped(message.deed()), false);
        }
        open(card.putArray("actions"), message);
        return envelope;
    }

    private static void single(ArrayNode body, Notice notice) {
        ArrayNode facts = body.addObject().put("type", "FactSet").putArray("facts");
        fact(facts, "Model", notice.model());
        fact(facts, "Matches", notice.base() + " (" + notice.odds() + ")");
        fact(facts, "Ancestor licence", notice.licence());
        fact(facts, "Rule", Notice.name(notice.alert().getRule()));
        fact(facts, "Severity", notice.severity());
        text(body, escaped(ShortText.of(notice.explanation(), MOST_EXPLANATION)), false);
    }

    private static void many(ArrayNode body, Message message, int rows) {
        text(body, escaped(message.summary()), false);
        message.shown().stream().limit(rows).forEach(notice -> {
            String words = notice.urgency() + ": " + (message.group() == null ? notice.title() : notice.model());
            text(body, escaped(ShortText.of(words, MOST_ROW)) + " [open](" + notice.evidence() + ")", false);
        });
        int unnamed =
                message.overview().total() - Math.min(rows, message.shown().size());
        if (unnamed > 0) {
            text(body, "and " + Overview.count(unnamed) + " more", false);
        }
    }

    private static void text(ArrayNode body, String markdown, boolean isTitle) {
        ObjectNode block =
                body.addObject().put("type", "TextBlock").put("text", markdown).put("wrap", true);
        if (isTitle) {
            block.put("weight", "Bolder").put("size", "Medium").put("style", "heading");
        }
    }

    private static void fact(ArrayNode facts, String title, String value) {
        facts.addObject().put("title", title).put("value", escaped(value));
    }

    private static void open(ArrayNode actions, Message message) {
        Notice only = message.only();
        URI link = only == null ? message.link() : only.evidence();
        actions.addObject()
                .put("type", "Action.OpenUrl")
                .put("title", only == null ? "Open Forebear" : "Open evidence")
                .put("url", link.toString());
    }

    /** Nothing in a name becomes a link, a mention, markup or a date. */
    static String escaped(String text) {
        String markdown = text.replaceAll("([\\\\`*_~\\[\\]()#+!|{}-])", "\\\\$1");
        // Entities keep tags, mentions and the functions {{DATE(...)}} and {{TIME(...)}} from being seen.
        return markdown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
