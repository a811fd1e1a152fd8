package dev.forebear.cli.incident;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an instance that says what the description of the API says. */
class QuarantineCommandTest implements CommandContract {

    private final List<String> asked = new ArrayList<>();
    private HttpServer instance;

    @Override
    public List<String> command() {
        return List.of("quarantine");
    }

    @Override
    public List<String> positionals() {
        return List.of("hub/basalt");
    }

    @BeforeEach
    void start() throws IOException {
        instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.createContext("/", this::answer);
        instance.start();
    }

    @AfterEach
    void stop() {
        instance.stop(0);
    }

    @Test
    void quarantinesTheModelThatANameMeansAndSaysWhomItConcerns() {
        Run run = Run.forebear("quarantine", "basalt", "--reason", "INC-4711", "--url", address());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines())
                .containsExactly(
                        "Quarantined: hub/basalt.",
                        "3 model versions of 2 models descend from it, 1 of them proven; alerts are raised within"
                                + " seconds.");
        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/descendants?id=basalt ",
                        "POST /api/v1/quarantines {\"id\":\"hub/basalt\",\"reason\":\"INC-4711\",\"unknown\":false}");
    }

    @Test
    void liftsAQuarantine() {
        Run run = Run.forebear("quarantine", "hub/basalt", "--lift", "--url", address());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(asked).containsExactly("DELETE /api/v1/quarantines?id=hub%2Fbasalt ");
    }

    @Test
    void wantsAReason() {
        Run run = Run.forebear("quarantine", "hub/basalt", "--url", address());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--reason: expected a text, found none");
        assertThat(asked).isEmpty();
    }

    private String address() {
        return "http://127.0.0.1:" + instance.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String method = exchange.getRequestMethod();
        asked.add(method + " " + exchange.getRequestURI() + " " + body);
        byte[] bytes = "{\"id\": \"hub/basalt\", \"found\": 3, \"models\": 2, \"proven\": 1, \"items\": []}"
                .getBytes(StandardCharsets.UTF_8);
        if (method.equals("DELETE")) {
            exchange.sendResponseHeaders(204, -1);
        } else {
            exchange.sendResponseHeaders(method.equals("POST") ? 201 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
