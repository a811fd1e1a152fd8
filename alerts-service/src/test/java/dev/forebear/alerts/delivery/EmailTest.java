package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.LineageAlert;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailTest {

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void startServer() {
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop();
    }

    @Test
    void sendsTextAndHtmlToEveryRecipient() throws Exception {
        assertThat(send(Alerts.alert()))
                .isEqualTo(new Answer.Accepted(250, null, "<ms_5f0c2a1b9d3e4f605f0c2a1b@example.com>"));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(mail.getSubject())
                .isEqualTo("[HIGH] Undisclosed ancestor: internal/helios-7b@v4 descends from"
                        + " hub/quarry-ai/basalt-7b@main");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
        assertThat(parts.getBodyPart(0).getContent().toString())
                .contains("1 in 10^78 by chance", "https://lineage.example.com/#/alerts/al_5f0c2a1b9d3e4f60");
        assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
    }

    @Test
    void hasAMessageIdThatFollowsFromTheMessage() throws Exception {
        send(Alerts.alert());
        send(Alerts.alert());

        assertThat(server.getReceivedMessages())
                .extracting(MimeMessage::getMessageID)
                .containsOnly("<ms_5f0c2a1b9d3e4f605f0c2a1b@example.com>");
    }

    @Test
    void answersTheFirstMessageOfTheGroup() throws Exception {
        Message later =
                Alerts.message(Message.Kind.UPDATED, List.of(Alerts.alert().build()), "<ms_first@example.com>");

        assertThat(email(server(null, null)).send(later))
                .isEqualTo(new Answer.Accepted(250, null, "<ms_first@example.com>"));
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<ms_first@example.com>");
        assertThat(mail.getHeader("References")).containsExactly("<ms_first@example.com>");
        assertThat(mail.getHeader("List-Id")).containsExactly("Forebear alerts <mail.alerts.forebear.example.com>");
    }

    @Test
    void namesTheMostUrgentOfManyAndCountsTheRest() throws Exception {
        email(server(null, null)).send(Alerts.message(Message.Kind.OPENED, Alerts.hostile(10_000), null));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).startsWith("[HIGH] Undisclosed ancestor found in 10,000 models");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("and 9,990 more");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("and 9,990 more", "&lt;!channel&gt;")
                .doesNotContain("<img", "src=\"http", "\u202E");
        assertThat(mail.getHeader("Bcc")).isNull();
    }

    @Test
    void letsEveryRecipientEndTheMailWithOneClick() throws Exception {
        var links = new Links(URI.create("https://lineage.example.com"), new UnsubscribeKey(Secret.of("open sesame")));
        email(server(null, null)).send(linked(links, Set.of()));

        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage mail = server.getReceivedMessages()[0];
        String token = new UnsubscribeKey(Secret.of("open sesame")).token("mail", new MailAddress("team@example.com"));
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getHeader("List-Unsubscribe"))
                .containsExactly("<https://lineage.example.com/u/" + token
                        + ">, <mailto:forebear@example.com?subject=unsubscribe%20mail>");
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(token).doesNotContain("team").startsWith("mail.");
    }

    @Test
    void offersOneClickOnlyOverHttps() throws Exception {
        var links = new Links(URI.create("http://127.0.0.1"), new UnsubscribeKey(Secret.of("open sesame")));
        email(server(null, null)).send(linked(links, Set.of()));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).hasSize(2);
        assertThat(mail.getHeader("List-Unsubscribe-Post")).isNull();
        assertThat(mail.getHeader("List-Unsubscribe"))
                .containsExactly("<mailto:forebear@example.com?subject=unsubscribe%20mail>");
    }

    @Test
    void sendsNothingToThoseWhoHaveUnsubscribed() throws Exception {
        email(server(null, null)).send(linked(Alerts.LINKS, Set.of("team@example.com")));
        email(server(null, null)).send(linked(Alerts.LINKS, Set.of("team@example.com", "lead@example.com")));

        assertThat(server.getReceivedMessages())
                .singleElement()
                .satisfies(mail -> assertThat(mail.getAllRecipients()).hasSize(1));
    }

    private static Message linked(Links links, Set<String> optedOut) {
        Message message = Alerts.message(Alerts.alert());
        return new Message(
                message.id(),
                message.kind(),
                "mail",
                message.group(),
                message.overview(),
                message.shown(),
                null,
                null,
                message.link(),
                links,
                optedOut,
                message.at());
    }

    @Test
    void letsNoModelNameAddAHeader() throws Exception {
        String name = "helios\r\nBcc: everybody@example.com\r\n\r\nhello";
        send(Alerts.alert().setDerivedModelVersionId("internal/" + name + "@1").setTitle("Undisclosed: " + name));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).doesNotContain("\r", "\n").contains("Bcc: everybody@example.com");
    }

    @Test
    void escapesModelNamesInHtml() throws Exception {
        send(Alerts.alert().setDerivedModelVersionId("internal/<img src=x onerror='alert(1)'>@1"));

        var parts = (MimeMultipart) server.getReceivedMessages()[0].getContent();
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("&lt;img src=x onerror=&#39;alert(1)&#39;&gt;")
                .doesNotContain("<img");
    }

    @Test
    void signsInWhenAPasswordIsGiven() throws UserException {
        GreenMailUser user = server.setUser("forebear@example.com", "forebear", "sesame");
        assertThat(user.getLogin()).isEqualTo("forebear");
        server.getUserManager().setAuthRequired(true);

        assertThat(email(server("forebear", "sesame")).send(Alerts.message(Alerts.alert())))
                .isEqualTo(new Answer.Accepted(250, null, "<ms_5f0c2a1b9d3e4f605f0c2a1b@example.com>"));
        assertThat(email(server("forebear", "wrong")).send(Alerts.message(Alerts.alert())))
                .isEqualTo(new Answer.Postponed(null, "the mail server did not accept the credentials", null));
    }

    @Test
    void refusesToSendInClearWhenTheServerOffersNoTls() {
        var strict = new SmtpServer("127.0.0.1", port(), SmtpServer.Security.STARTTLS, null, null);

        assertThat(email(strict).send(Alerts.message(Alerts.alert())))
                .isEqualTo(new Answer.Postponed(null, "STARTTLS is required but host does not support STARTTLS", null));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void triesAgainLaterWhenNobodyListens() {
        int port = port();
        server.stop();

        assertThat(email(new SmtpServer("127.0.0.1", port, SmtpServer.Security.NONE, null, null))
                        .send(Alerts.message(Alerts.alert())))
                .isEqualTo(new Answer.Postponed(null, "no connection to the mail server", null));
    }

    @ParameterizedTest
    @CsvSource({"451 greylisted, Postponed", "550 no such user, Refused"})
    void takesAFourAsPassingAndAFiveAsFinal(String reply, String answer) throws Exception {
        try (var listener = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> refuseRecipients(listener, reply));
            var grumpy = new SmtpServer("127.0.0.1", listener.getLocalPort(), SmtpServer.Security.NONE, null, null);

            Answer given = email(grumpy).send(Alerts.message(Alerts.alert()));

            assertThat(given.getClass().getSimpleName()).isEqualTo(answer);
            assertThat(given.toString())
                    .contains("SMTP " + reply.substring(0, 3))
                    .doesNotContain("team@");
        }
    }

    @Test
    void sendsAgainOnlyToThoseWhoHadToWait() throws Exception {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (var listener = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                greylist(listener, "team@", taken);
                greylist(listener, "nobody@", taken);
            });
            var email =
                    email(new SmtpServer("127.0.0.1", listener.getLocalPort(), SmtpServer.Security.NONE, null, null));

            assertThat(email.send(Alerts.message(Alerts.alert())))
                    .isEqualTo(new Answer.Postponed(451, "SMTP 451 for some recipients", null));
            assertThat(taken).containsExactly("RCPT TO:<lead@example.com>");
            assertThat(email.send(Alerts.message(Alerts.alert()))).isInstanceOf(Answer.Accepted.class);
            assertThat(taken).containsExactly("RCPT TO:<lead@example.com>", "RCPT TO:<team@example.com>");
        }
    }

    /** Takes one mail, but for one recipient not now. */
    private static void greylist(ServerSocket listener, String recipient, List<String> taken) {
        try (var socket = listener.accept();
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            var out = socket.getOutputStream();
            out.write("220 here\r\n".getBytes(StandardCharsets.US_ASCII));
            String line = in.readLine();
            boolean isData = false;
            while (line != null) {
                String reply = isData && !line.equals(".") ? "" : "250 ok\r\n";
                isData = isData ? !line.equals(".") : line.equals("DATA");
                if (line.equals("DATA")) {
                    reply = "354 go on\r\n";
                } else if (line.startsWith("RCPT") && line.contains(recipient)) {
                    reply = "451 greylisted\r\n";
                } else if (line.startsWith("RCPT")) {
                    taken.add(line);
                } else if (line.equals("QUIT")) {
                    reply = "221 bye\r\n";
                }
                out.write(reply.getBytes(StandardCharsets.US_ASCII));
                line = in.readLine();
            }
        } catch (IOException e) {
            // The client has hung up: the test sees what it made of the answer.
        }
    }

    /** Speaks just enough SMTP to turn every recipient down. */
    private static void refuseRecipients(ServerSocket listener, String reply) {
        try (var socket = listener.accept();
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            var out = socket.getOutputStream();
            String line = "";
            out.write("220 here\r\n".getBytes(StandardCharsets.US_ASCII));
            while (line != null && !line.startsWith("QUIT")) {
                line = in.readLine();
                boolean recipient = line != null && line.startsWith("RCPT");
                out.write(((recipient ? reply : "250 ok") + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The client has hung up: the test sees what it made of the answer.
        }
    }

    private Answer send(LineageAlert.Builder alert) {
        return email(server(null, null)).send(Alerts.message(alert));
    }

    private SmtpServer server(String username, String password) {
        return new SmtpServer(
                "127.0.0.1", port(), SmtpServer.Security.NONE, username, password == null ? null : Secret.of(password));
    }

    private int port() {
        return server.getSmtp().getPort();
    }

    private static Email email(SmtpServer server) {
        return new Email(
                Terms.standard("mail"),
                server,
                new MailAddress("Forebear <forebear@example.com>"),
                List.of(new MailAddress("team@example.com"), new MailAddress("lead@example.com")));
    }
}
