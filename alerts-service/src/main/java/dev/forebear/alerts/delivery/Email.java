package dev.forebear.alerts.delivery;

import dev.forebear.alerts.delivery.SmtpServer.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Recipients behind an SMTP server. All mail about one group is one thread. Where links to unsubscribe are made, every
 * recipient gets a mail of their own. Who has a mail, or never will, is not sent it again when others have to wait.
 */
final class Email implements Channel {

    private static final String CONNECT_TIMEOUT_MILLIS = "5000";
    private static final String TIMEOUT_MILLIS = "20000";
    private static final int OK = 250;

    private final Terms terms;
    private final SmtpServer server;
    private final MailAddress from;
    private final List<MailAddress> to;
    /** Who is done with the message that is under way. */
    private final Set<String> done = new HashSet<>();

    private String underWay = "";

    /**
     * @param from sender; its domain is the domain of the message ids
     * @param to recipients, at least one
     */
    Email(Terms terms, SmtpServer server, MailAddress from, List<MailAddress> to) {
        this.terms = terms;
        this.server = server;
        this.from = from;
        this.to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("an email channel needs a recipient");
        }
    }

    @Override
    public Terms terms() {
        return terms;
    }

    @Override
    public String kind() {
        return "email";
    }

    SmtpServer server() {
        return server;
    }

    List<MailAddress> to() {
        return to;
    }

    @Override
    public Duration spacing() {
        return Duration.ZERO;
    }

    @Override
    public Answer send(Message message) {
        if (!underWay.equals(message.id())) {
            done.clear();
            underWay = message.id();
        }
        List<MailAddress> wanted = to.stream()
                .filter(address -> !message.optedOut().contains(address.plain()) && !done.contains(address.plain()))
                .toList();
        String reference = message.thread() == null ? AlertMail.messageId(message, from) : message.thread();
        if (wanted.isEmpty()) {
            return new Answer.Accepted(
                    null, done.isEmpty() ? "every recipient has unsubscribed" : "nobody else is left", reference);
        }
        return send(envelopes(message, wanted), reference);
    }

    private List<Envelope> envelopes(Message message, List<MailAddress> wanted) {
        Session session = Session.getInstance(properties());
        boolean single = message.links().unsubscribe(name(), from).isPresent();
        List<Envelope> envelopes = new ArrayList<>();
        for (List<MailAddress> recipients :
                single ? wanted.stream().map(List::of).toList() : List.of(wanted)) {
            envelopes.add(new Envelope(session, message, recipients));
        }
        return envelopes;
    }

    private Answer send(List<Envelope> envelopes, String reference) {
        List<Answer> answers = new ArrayList<>();
        try (Transport transport = Session.getInstance(properties()).getTransport("smtp")) {
            if (server.username() == null || server.password() == null) {
                transport.connect();
            } else {
                transport.connect(server.username(), server.password().reveal());
            }
            for (Envelope envelope : envelopes) {
                answers.add(send(transport, envelope));
            }
        } catch (MessagingException e) {
            // Mail that was taken before the connection was lost is in 'done'.
            answers.add(SmtpFailure.answer(e));
        }
        return SmtpFailure.together(answers, reference);
    }

    private Answer send(Transport transport, Envelope envelope) {
        try {
            var mail = AlertMail.compose(envelope.session, envelope.message, name(), from, envelope.to);
            transport.sendMessage(mail, mail.getAllRecipients());
            envelope.to.forEach(address -> done.add(address.plain()));
            return new Answer.Accepted(OK, null, null);
        } catch (MessagingException e) {
            done.addAll(SmtpFailure.settled(e));
            boolean waits = envelope.to.stream().anyMatch(address -> !done.contains(address.plain()));
            Answer answer = SmtpFailure.answer(e);
            return waits && answer instanceof Answer.Accepted accepted
                    ? new Answer.Postponed(accepted.status(), String.valueOf(accepted.detail()), null)
                    : answer;
        }
    }

    private record Envelope(Session session, Message message, List<MailAddress> to) {}

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

    /** Shows no address. */
    @Override
    public String toString() {
        return "Email[" + name() + "]";
    }
}
