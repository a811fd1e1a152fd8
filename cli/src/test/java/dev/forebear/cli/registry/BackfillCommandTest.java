package dev.forebear.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command before a service that says what it is told to say, one answer after another. */
class BackfillCommandTest implements CommandContract {

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            String answer = answers.poll();
            byte[] bytes = (answer == null ? "{}" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Override
    public List<String> command() {
        return List.of("backfill");
    }

    @Override
    public List<String> positionals() {
        return List.of("internal");
    }

    @Test
    void followsTheBackfillToItsEnd() {
        String begun = "{\"dryRun\": false, \"startedAt\": \"2026-11-20T08:00:00Z\"";
        answers.add(begun + "}");
        answers.add("{\"startedAt\": \"2026-11-19T08:00:00Z\", \"completedAt\": \"2026-11-19T09:00:00Z\"}");
        answers.add(begun + ", \"listed\": 20, \"total\": 40, \"problem\": \"internal: found 503\"}");
        answers.add(begun + ", \"listed\": 40, \"published\": 3, \"completedAt\": \"2026-11-20T08:01:00Z\"}");

        Run run = backfill();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("internal: 40 listed, 3 published");
        assertThat(run.err()).contains("internal: found 503; it is asked again");
        assertThat(asked)
                .first()
                .asString()
                .startsWith("POST /registries/internal/backfill")
                .contains("\"dryRun\":false");
    }

    @Test
    void countsOnlyWhenAskedTo() {
        answers.add("{\"dryRun\": true, \"startedAt\": \"2026-11-20T08:00:00Z\"}");
        answers.add("{\"dryRun\": true, \"startedAt\": \"2026-11-20T08:00:00Z\", \"listed\": 5, \"published\": 2, "
                + "\"completedAt\": \"2026-11-20T08:01:00Z\"}");

        Run run = backfill("--dry-run");

        assertThat(run.out()).contains("internal: 5 listed, 2 would be published");
    }

    @Test
    void refusesToFollowABackfillOfAnotherKind() {
        answers.add("{\"dryRun\": true, \"startedAt\": \"2026-11-20T08:00:00Z\"}");

        Run run = backfill();

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("found one that only counts");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        Run run = Run.forebear("backfill", "internal", "--ingest", "localhost:8090");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--ingest: expected an address such as");
    }

    @Test
    void saysThatTheRegistryIsNotConnected() {
        Run run = backfill();

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("expected status 200, found 404");
    }

    private Run backfill(String... more) {
        var args = new ArrayList<>(List.of(
                "backfill",
                "internal",
                "--ingest",
                "http://127.0.0.1:" + service.getAddress().getPort()));
        args.addAll(List.of(more));
        return Run.forebear(args.toArray(String[]::new));
    }
}
