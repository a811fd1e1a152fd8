package dev.forebear.cli.policy;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an instance that says what the description of the API says. */
class PolicyApplyCommandTest implements CommandContract {

    private static final String RUNNING =
            "{\"id\":\"pv_1\",\"state\":\"running\",\"done\":0,\"total\":3,\"problems\":[],\"problem\":null,\"rules\":[]}";
    private static final String COUNTED =
            "{\"id\":\"pv_1\",\"state\":\"done\",\"done\":3,\"total\":3,\"problems\":[],\"problem\":null,\"rules\":["
                + "{\"rule\":\"own\",\"severity\":\"high\",\"findings\":14,\"appearing\":3,\"staying\":11,\"going\":0,\"excepted\":1,\"samples\":[{\"title\":\"own:"
                + " a and b\",\"change\":\"appearing\"}]}]}";

    private final List<String> asked = new ArrayList<>();
    private HttpServer instance;

    @Override
    public List<String> command() {
        return List.of("policy", "apply");
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
    void countsFirstAndAppliesWhatWasCounted() {
        Run run = Run.forebear(
                Map.of("FOREBEAR_TOKEN", "fb_1_secret"),
                "policy",
                "apply",
                "--url",
                address(),
                "--rule",
                "own",
                "--notify",
                "--yes");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("own +high +14 +3 +11 +0 +1"))
                .anyMatch(line -> line.equals("  own: own: a and b"))
                .anyMatch(line -> line.equals("Asked for as 01JD; alerts change as it is done."));
        assertThat(asked)
                .containsExactly(
                        "GET /api/v1/policy Bearer fb_1_secret ",
                        "POST /api/v1/policy/applications Bearer fb_1_secret {\"rule\":\"own\",\"dryRun\":true}",
                        "GET /api/v1/policy/previews/pv_1 Bearer fb_1_secret ",
                        "POST /api/v1/policy/applications Bearer fb_1_secret {\"rule\":\"own\",\"policyVersion\":"
                                + "\"sha256:9b2cf535f277\",\"notify\":true,\"dryRun\":false}");
    }

    @Test
    void changesNothingWhereNobodyCanBeAsked() {
        Run run = Run.forebear("policy", "apply", "--url", address());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected --yes, since nobody can be asked");
        assertThat(asked).noneMatch(request -> request.contains("\"dryRun\":false"));
    }

    @Test
    void countsWhatAFileWouldFind(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("policy.yaml"), "rules: {own: {when: ancestor.proven}}");
        Path token = Files.writeString(folder.resolve("token"), "fb_2_secret\n");

        Run run = Run.forebear(
                "policy", "check", file.toString(), "--against", address(), "--token-file", token.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines()).anyMatch(line -> line.matches("own +high +14 +3 +11 +0 +1"));
        assertThat(asked).first().asString().startsWith("POST /api/v1/policy/preview Bearer fb_2_secret {\"text\":");
    }

    private String address() {
        return "http://127.0.0.1:" + instance.getAddress().getPort();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
        boolean begins = exchange.getRequestMethod().equals("POST") && !body.contains("\"dryRun\":false");
        String answer = path.endsWith("/policy")
                ? "{\"version\":\"sha256:9b2cf535f277\"}"
                : path.contains("/previews/") ? COUNTED : begins ? RUNNING : "{\"application\":{\"id\":\"01JD\"}}";
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(begins ? 202 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
