package dev.forebear.alerts.delivery;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * A message as mail: as text, and as HTML without anything to load. Its Message-ID follows from the message, so that a
 * mail sent twice is one to a mail program, and what follows a message answers it.
 */
final class AlertMail extends MimeMessage {

    private static final String UTF_8 = "UTF-8";
    private static final int MOST_SUBJECT = 250;

    private final String messageId;

    private AlertMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /** @param channel name of the channel */
    static AlertMail compose(Session session, Message message, String channel, MailAddress from, List<MailAddress> to)
            throws MessagingException {
        var mail = new AlertMail(session, messageId(message, from));
        mail.setFrom(from.toInternetAddress());
        mail.setRecipients(
                RecipientType.TO,
                to.stream().map(MailAddress::toInternetAddress).toArray(Address[]::new));
        mail.setSubject(ShortText.of("[" + message.urgency() + "] " + message.title(), MOST_SUBJECT), UTF_8);
        mail.setSentDate(Date.from(message.at()));
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        mail.setHeader("List-Id", "Forebear alerts <" + channel + ".alerts.forebear." + from.domain() + ">");
        if (message.thread() != null) {
            mail.setHeader("In-Reply-To", message.thread());
            mail.setHeader("References", message.thread());
        }
        Optional<URI> unsubscribe =
                to.size() == 1 ? message.links().unsubscribe(channel, to.getFirst()) : Optional.empty();
        mail.unsubscribe(unsubscribe, channel, from);
        mail.setContent(alternatives(new MailBody(message, unsubscribe.orElse(null))));
        mail.saveChanges();
        return mail;
    }

    /** By which later mail answers this one. */
    static String messageId(Message message, MailAddress from) {
        return "<" + message.id() + "@" + from.domain() + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    // One click is for links only (RFC 8058); who has none can write.
    private void unsubscribe(Optional<URI> link, String channel, MailAddress from) throws MessagingException {
        String mailto = "<mailto:" + from.plain() + "?subject=unsubscribe%20" + channel + ">";
        setHeader("List-Unsubscribe", link.map(uri -> "<" + uri + ">, ").orElse("") + mailto);
        if (link.isPresent()) {
            setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
    }

    private static MimeMultipart alternatives(MailBody body) throws MessagingException {
        var text = new MimeBodyPart();
        text.setText(body.text(), UTF_8);
        var html = new MimeBodyPart();
        html.setText(body.html(), UTF_8, "html");
        return new MimeMultipart("alternative", text, html);
    }
}
