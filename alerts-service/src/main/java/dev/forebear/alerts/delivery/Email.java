package dev.forebear.alerts.delivery;

import dev.forebear.alerts.delivery.SmtpServer.Security;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * Recipients behind an SMTP server. One message per state of an alert; all about one alert are one thread.
 *
 * @param from sender; its domain is the domain of the message ids
 * @param to recipients, at least one
 */
record Email(String name, Audience audience, SmtpServer server, MailAddress from, List<MailAddress> to)
        implements Channel {

    private static final String CONNECT_TIMEOUT_MILLIS = "5000";
    private static final String TIMEOUT_MILLIS = "20000";

    Email {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("an email channel needs a recipient");
        }
    }

    @Override
    public Duration spacing() {
        return Duration.ZERO;
    }

    @Override
    public Answer send(Notice notice) {
        Session session = Session.getInstance(properties());
        try (Transport transport = session.getTransport("smtp")) {
            Message message = AlertMail.compose(session, notice, from, to);
            if (server.username() == null || server.password() == null) {
                transport.connect();
            } else {
                transport.connect(server.username(), server.password().reveal());
            }
            transport.sendMessage(message, message.getAllRecipients());
            return new Answer.Accepted(null);
        } catch (MessagingException e) {
            return SmtpFailure.answer(e);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.auth", flag(server.username() != null));
        properties.put("mail.smtp.starttls.enable", flag(server.security() == Security.STARTTLS));
        properties.put("mail.smtp.starttls.required", flag(server.security() == Security.STARTTLS));
        properties.put("mail.smtp.ssl.enable", flag(server.security() == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        // One address that is gone must not keep the others from hearing.
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.connectiontimeout", CONNECT_TIMEOUT_MILLIS);
        properties.put("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.put("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        return properties;
    }

    private static String flag(boolean on) {
        return Boolean.toString(on);
    }
}
