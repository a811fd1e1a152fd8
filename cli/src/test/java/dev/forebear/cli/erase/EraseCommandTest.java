package dev.forebear.cli.erase;

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
class EraseCommandTest implements CommandContract {

    private static final String ERASURE =
            "{\"id\":\"internal/helios-7b\",\"modelVersionIds\":[\"internal/helios-7b@v4\"],\"versions\":1,"
                    + "\"fingerprints\":1,\"reports\":3,\"openAlerts\":2,\"descendants\":1,\"reason\":\"asked\","
                    + "\"erasedBy\":\"ana\",\"erasedAt\":null}";

    private final List<String> asked = new ArrayList<>();
    private HttpServer instance;

    @Override
    public List<String> command() {
        return List.of("erase");
    }

    @Override
    public List<String> positionals() {
        return List.of("internal/helios-7b", "--reason", "asked");
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
    void erasesAndTellsWhatWasRemovedAndWhatRemains() {
        Run run = run("internal/helios-7b", "--reason", "asked", "--yes", "--url", address());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().strip())
                .isEqualTo(
                        "Erased internal/helios-7b: 1 versions, 1 fingerprints, 3 reports; 2 open alerts end; 1 reports"
                                + " on other models go on naming it.");
        assertThat(asked).containsExactly("{\"id\":\"internal/helios-7b\",\"reason\":\"asked\",\"dryRun\":false}");
    }

    @Test
    void countsFirstAndErasesNothingWhereNobodyCanBeAsked() {
        Run run = run("internal/helios-7b", "--reason", "asked", "--url", address());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected --yes, since nobody can be asked; nothing was erased");
        assertThat(asked).singleElement().asString().contains("\"dryRun\":true");
    }

    @Test
    void asksForAReason() {
        Run run = run("internal/helios-7b", "--url", address());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--reason");
        assertThat(asked).isEmpty();
    }

    private String address() {
        return "http://127.0.0.1:" + instance.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = ERASURE.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
