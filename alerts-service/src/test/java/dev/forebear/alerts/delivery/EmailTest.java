package dev.forebear.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailTest {

    private static final Audience ALL = Audience.everything();

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
        assertThat(send(Alerts.alert())).isEqualTo(new Answer.Accepted(null));

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
    void hasAMessageIdThatFollowsFromAlertAndState() throws Exception {
        send(Alerts.alert());
        send(Alerts.alert());

        assertThat(server.getReceivedMessages())
                .extracting(MimeMessage::getMessageID)
                .containsOnly("<al_5f0c2a1b9d3e4f60.open@example.com>");
    }

    @Test
    void answersTheFirstMessageWhenTheStateChanges() throws Exception {
        send(Alerts.alert().setState(AlertState.RESOLVED));

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getMessageID()).isEqualTo("<al_5f0c2a1b9d3e4f60.resolved@example.com>");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<al_5f0c2a1b9d3e4f60.open@example.com>");
        assertThat(mail.getHeader("References")).containsExactly("<al_5f0c2a1b9d3e4f60.open@example.com>");
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

        assertThat(email(server("forebear", "sesame")).send(Alerts.notice(Alerts.alert())))
                .isEqualTo(new Answer.Accepted(null));
        assertThat(email(server("forebear", "wrong")).send(Alerts.notice(Alerts.alert())))
                .isEqualTo(new Answer.Postponed("the mail server did not accept the credentials", null));
    }

    @Test
    void refusesToSendInClearWhenTheServerOffersNoTls() {
        var strict = new SmtpServer("127.0.0.1", port(), SmtpServer.Security.STARTTLS, null, null);

        assertThat(email(strict).send(Alerts.notice(Alerts.alert())))
                .isEqualTo(new Answer.Postponed("STARTTLS is required but host does not support STARTTLS", null));
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void triesAgainLaterWhenNobodyListens() {
        int port = port();
        server.stop();

        assertThat(email(new SmtpServer("127.0.0.1", port, SmtpServer.Security.NONE, null, null))
                        .send(Alerts.notice(Alerts.alert())))
                .isEqualTo(new Answer.Postponed("no connection to the mail server", null));
    }

    @ParameterizedTest
    @CsvSource({"451 greylisted, Postponed", "550 no such user, Refused"})
    void takesAFourAsPassingAndAFiveAsFinal(String reply, String answer) throws Exception {
        try (var listener = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> refuseRecipients(listener, reply));
            var grumpy = new SmtpServer("127.0.0.1", listener.getLocalPort(), SmtpServer.Security.NONE, null, null);

            Answer given = email(grumpy).send(Alerts.notice(Alerts.alert()));

            assertThat(given.getClass().getSimpleName()).isEqualTo(answer);
            assertThat(given.toString())
                    .contains("SMTP " + reply.substring(0, 3))
                    .doesNotContain("team@");
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
        return email(server(null, null)).send(Alerts.notice(alert));
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
                "mail",
                ALL,
                server,
                new MailAddress("Forebear <forebear@example.com>"),
                List.of(new MailAddress("team@example.com"), new MailAddress("lead@example.com")));
    }
}
