package dev.forebear.alerts.delivery;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The words of a mail, as text and as HTML that loads nothing and follows the reader's choice of light or dark.
 *
 * @param unsubscribe where this recipient ends the mail; null when nowhere
 */
record MailBody(Message message, @Nullable URI unsubscribe) {

    String text() {
        var text = new StringBuilder(message.headline()).append("\n\n");
        Notice only = single();
        if (only != null) {
            text.append(details(only));
        } else {
            text.append(message.summary()).append("\n\n");
            for (Notice notice : message.shown()) {
                text.append("- ")
                        .append(words(notice))
                        .append("\n  ")
                        .append(notice.evidence())
                        .append('\n');
            }
            line(text, message.rest());
            text.append("\nAll of it: ").append(message.link()).append('\n');
        }
        line(text, message.deed());
        if (unsubscribe != null) {
            text.append("\nNo more mail of this kind: ").append(unsubscribe).append('\n');
        }
        return text.toString();
    }

    String html() {
        var html = new StringBuilder("""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
            <meta name="supported-color-schemes" content="light dark"></head>
            <body style="font-family:system-ui,sans-serif;line-height:1.5">
            """);
        html.append("<h2 style=\"font-weight:600;margin:0 0 12px\">%s</h2>%n".formatted(escaped(message.headline())));
        Notice only = single();
        if (only != null) {
            table(html, only);
        } else {
            list(html);
        }
        if (!message.deed().isEmpty()) {
            html.append("<p>").append(escaped(message.deed())).append("</p>\n");
        }
        if (unsubscribe != null) {
            html.append("<p style=\"opacity:.7\">")
                    .append(link(unsubscribe, "No more mail of this kind"))
                    .append("</p>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private @Nullable Notice single() {
        return message.kind() == Message.Kind.DIGEST ? null : message.only();
    }

    private static String details(Notice notice) {
        return """
            Model             %s
            Matches           %s (%s)
            Ancestor licence  %s
            Rule              %s
            Severity          %s

            %s

            Evidence: %s
            """.formatted(
                        notice.model(),
                        notice.base(),
                        notice.odds(),
                        notice.licence(),
                        Notice.name(notice.alert().getRule()),
                        notice.severity(),
                        notice.explanation(),
                        notice.evidence());
    }

    private static void table(StringBuilder html, Notice notice) {
        html.append("<table style=\"border-collapse:collapse\">\n");
        row(html, "Model", notice.model());
        row(html, "Matches", notice.base() + " (" + notice.odds() + ")");
        row(html, "Ancestor licence", notice.licence());
        row(html, "Rule", Notice.name(notice.alert().getRule()));
        row(html, "Severity", notice.severity());
        html.append("</table>\n<p style=\"max-width:40em\">")
                .append(escaped(notice.explanation()))
                .append("</p>\n<p>")
                .append(link(notice.evidence(), "Open the evidence"))
                .append("</p>\n");
    }

    private static void row(StringBuilder html, String label, String value) {
        html.append("<tr><td style=\"padding:2px 16px 2px 0;opacity:.7\">%s</td><td>%s</td></tr>%n"
                .formatted(label, escaped(value)));
    }

    private void list(StringBuilder html) {
        html.append("<p style=\"max-width:40em\">")
                .append(escaped(message.summary()))
                .append("</p>\n<ul>\n");
        for (Notice notice : message.shown()) {
            html.append("<li>")
                    .append(escaped(words(notice)))
                    .append(" – ")
                    .append(link(notice.evidence(), "evidence"))
                    .append("</li>\n");
        }
        html.append("</ul>\n<p>").append(escaped(message.rest())).append(' ').append(link(message.link(), "All of it"));
        html.append("</p>\n");
    }

    private String words(Notice notice) {
        return notice.urgency() + ": " + (message.group() == null ? notice.title() : notice.model());
    }

    private static String link(URI address, String words) {
        return "<a href=\"" + escaped(address.toString()) + "\">" + words + "</a>";
    }

    private static void line(StringBuilder text, String words) {
        if (!words.isEmpty()) {
            text.append(words).append('\n');
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
