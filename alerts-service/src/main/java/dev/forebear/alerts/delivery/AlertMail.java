package dev.forebear.alerts.delivery;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Date;
import java.util.List;
import java.util.Locale;

/**
 * The mail that tells a state of an alert, as text and as HTML without anything to load. Its Message-ID follows from
 * alert and state, so that a mail sent twice is one to a mail program, and later states answer the first.
 */
final class AlertMail extends MimeMessage {

    private static final String UTF_8 = "UTF-8";

    private final String messageId;

    private AlertMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    static Message compose(Session session, Notice notice, MailAddress from, List<MailAddress> to)
            throws MessagingException {
        String domain = from.domain();
        var mail = new AlertMail(
                session, messageId(notice, notice.alert().getState().name(), domain));
        mail.setFrom(from.toInternetAddress());
        mail.setRecipients(
                Message.RecipientType.TO,
                to.stream().map(MailAddress::toInternetAddress).toArray(Address[]::new));
        mail.setSubject("[" + notice.urgency() + "] " + notice.title(), UTF_8);
        mail.setSentDate(Date.from(notice.alert().getUpdatedAt()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        mail.setHeader("List-Id", "Forebear alerts <alerts.forebear." + domain + ">");
        if (notice.isResolved()) {
            String first = messageId(notice, "OPEN", domain);
            mail.setHeader("In-Reply-To", first);
            mail.setHeader("References", first);
        }
        mail.setContent(alternatives(notice));
        mail.saveChanges();
        return mail;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static String messageId(Notice notice, String state, String domain) {
        return "<" + notice.alert().getAlertId() + "." + state.toLowerCase(Locale.ROOT) + "@" + domain + ">";
    }

    private static MimeMultipart alternatives(Notice notice) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(text(notice), UTF_8);
        var html = new MimeBodyPart();
        html.setText(html(notice), UTF_8, "html");
        return new MimeMultipart("alternative", text, html);
    }

    private static String text(Notice notice) {
        return """
            %s

            Model             %s
            Matches           %s (%s)
            Ancestor licence  %s
            Rule              %s
            Severity          %s

            %s

            Evidence: %s
            """.formatted(
                        notice.headline(),
                        notice.model(),
                        notice.base(),
                        notice.odds(),
                        notice.licence(),
                        notice.alert().getRule(),
                        severity(notice),
                        notice.explanation(),
                        notice.evidence());
    }

    private static String html(Notice notice) {
        return """
            <!doctype html>
            <html lang="en"><body style="font-family:system-ui,sans-serif;line-height:1.5;color:#1c1c1a">
            <h2 style="font-weight:600;margin:0 0 12px">%s</h2>
            <table style="border-collapse:collapse">
            %s%s%s%s%s</table>
            <p style="max-width:40em">%s</p>
            <p><a href="%s">Open the evidence</a></p>
            </body></html>
            """.formatted(
                        escaped(notice.headline()),
                        row("Model", notice.model()),
                        row("Matches", notice.base() + " (" + notice.odds() + ")"),
                        row("Ancestor licence", notice.licence()),
                        row("Rule", notice.alert().getRule()),
                        row("Severity", severity(notice)),
                        escaped(notice.explanation()),
                        escaped(notice.evidence().toString()));
    }

    private static String row(String label, String value) {
        return "<tr><td style=\"padding:2px 16px 2px 0;color:#6b6a65\">%s</td><td>%s</td></tr>%n"
                .formatted(label, escaped(value));
    }

    private static String severity(Notice notice) {
        return notice.alert().getSeverity().name().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
