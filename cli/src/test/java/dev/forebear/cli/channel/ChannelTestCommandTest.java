package dev.forebear.cli.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against what the description of the API says. */
class ChannelTestCommandTest implements CommandContract {

    private HttpServer api;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String asked = "";

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    @Override
    public List<String> command() {
        return List.of("channel", "test");
    }

    @Override
    public List<String> positionals() {
        return List.of("governance-slack");
    }

    @Test
    void saysThatTheChannelTookTheMessage() {
        answer = """
            {"channel": "governance-slack", "outcome": "delivered", "statusCode": 200, "detail": null}
            """;
        Run run = test();

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().strip()).isEqualTo("governance-slack delivered (200)");
        assertThat(asked).isEqualTo("POST /api/v1/channels/governance-slack/test");
    }

    @Test
    void failsWithWhatTheChannelAnswered() {
        answer = """
            {"channel": "governance-slack", "outcome": "failed", "statusCode": 404, "detail": "404: no_service"}
            """;
        Run run = test();

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err())
                .contains("governance-slack: expected the channel to take a message, found failed (404): 404:"
                        + " no_service");
    }

    @Test
    void namesAChannelThatIsNotThere() {
        status = 404;
        answer = "{\"error\": \"no channel 'governance-slack' is known\"}";
        Run run = test();

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("found 404: no channel 'governance-slack' is known");
    }

    private Run test() {
        return Run.forebear(
                "channel",
                "test",
                "governance-slack",
                "--url",
                "http://127.0.0.1:" + api.getAddress().getPort());
    }
}
