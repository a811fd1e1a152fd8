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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against an instance that says what the description of the API says. */
class DescendantsCommandTest implements CommandContract {

    private static final String HOSTILE = "internal/\u001b[2J\u202e\"; rm -rf ~; \\@1";
    private static final String FAMILY = """
        {"id": "hub/basalt", "modelId": "hub/basalt", "version": null, "known": true, "found": 3, "proven": 2,
         "models": 3, "truncated": %s,
         "quarantines": [{"id": "hub/basalt", "quarantinedAt": "2026-11-20T08:00:00Z", "quarantinedBy": "ana",
                          "reason": "backdoor"}],
         "items": [
           {"id": "internal/helios@v4", "modelId": "internal/helios", "registry": "internal", "known": true, "depth": 1,
            "through": "hub/basalt@main", "proven": true, "evidence": "weights", "team": "nlp", "owner": "ana",
            "exposure": "product", "uploadedBy": "=cmd()", "alerts": 1, "severity": "critical", "quarantined": false,
            "steps": [{"derived": "internal/helios@v4", "base": "hub/basalt@main", "evidence": "weights",
                       "verdict": "derived", "kind": "fine-tuned", "log10EValue": -78.1, "chance": "1 in 10^78",
                       "declaration": null}]},
           {"id": "internal/told@1", "modelId": "internal/told", "registry": "internal", "known": true, "depth": 1,
            "through": "hub/basalt@main", "proven": false, "evidence": "declaration", "exposure": "internal",
            "alerts": 0, "quarantined": false,
            "steps": [{"derived": "internal/told@1", "base": "hub/basalt@main", "evidence": "declaration",
                       "declaration": {"name": "basalt, the \\"model\\"", "source": "model-card"}}]},
           {"id": %s, "modelId": "internal/x", "registry": "internal", "known": true, "depth": 2,
            "through": "internal/helios@v4", "proven": true, "evidence": "both", "exposure": "internal", "alerts": 0,
            "quarantined": false,
            "steps": [{"derived": %s, "base": "internal/helios@v4", "evidence": "both", "verdict": "derived",
                       "kind": "merged", "log10EValue": -9.0, "chance": "1 in 10^9", "declaration": null},
                      {"derived": %s, "base": "hub/basalt@main", "evidence": "weights", "verdict": "derived",
                       "kind": "merged", "log10EValue": -7.0, "chance": "1 in 10^7", "declaration": null}]}]}
        """;

    private final List<String> asked = new ArrayList<>();
    private HttpServer instance;
    private String truncated = "false";
    private int missing;

    @Override
    public List<String> command() {
        return List.of("descendants");
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
    void drawsATreeOfNamesWithWhatIsKnownOfEach() {
        assertThat(shown("--plain").lines().toList())
                .containsExactly(
                        "hub/basalt",
                        "3 model versions of 3 models descend from it, 2 of them proven.",
                        "hub/basalt is quarantined since 2026-11-20 by ana: backdoor",
                        "|- internal/helios@v4",
                        "|  |  proven, 1 in 10^78 by chance, not declared; fine-tuned; team nlp; owner ana; product",
                        "|  |  uploaded by =cmd()",
                        "|  `- internal/\ufffd[2J\ufffd\"; rm -rf ~; \\@1",
                        "|        proven, 1 in 10^9 by chance, declared; merged; internal; and from 1 more",
                        "`- internal/told@1",
                        "      declared only (model-card); internal");
    }

    @Test
    void asksForLessWhenToldTo() {
        shown("--depth", "2", "--only", "proven");
        assertThat(asked).containsExactly("/api/v1/descendants?id=hub%2Fbasalt&depth=2&proven=true");
    }

    @Test
    void writesATableThatNoSpreadsheetRuns() {
        assertThat(shown("--format", "csv").lines().toList())
                .hasSize(4)
                .contains(
                        "internal/helios@v4,1,true,weights,hub/basalt@main,fine-tuned,derived,-78.1,,,internal,nlp,ana,"
                                + "product,,'=cmd(),,,,1,critical,false")
                .contains("internal/told@1,1,false,declaration,hub/basalt@main,,,,"
                        + "\"basalt, the \"\"model\"\"\",model-card,internal,,,internal,,,,,,0,,false");
    }

    @Test
    void writesAGraphThatTheGrammarOfDotAllows() {
        assertThat(DotLanguage.edges(shown("--format", "dot")))
                .containsExactly(
                        "hub/basalt@main -> internal/helios@v4",
                        "hub/basalt@main -> internal/told@1",
                        "internal/helios@v4 -> " + HOSTILE.replaceAll("[\u001b\u202e]", "\ufffd"),
                        "hub/basalt@main -> " + HOSTILE.replaceAll("[\u001b\u202e]", "\ufffd"));
    }

    @Test
    void saysLoudlyWhenNotEverybodyWasFound() {
        truncated = "true";
        Run run = Run.forebear("descendants", "hub/basalt", "--url", address(), "--format", "json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.err()).contains("this is not everybody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tree", "csv", "dot", "json"})
    void showsNobodyWhenTheAnswerBreaksOff(String format) {
        for (int bytes : List.of(1, 3, 400)) {
            missing = bytes;
            Run run = Run.forebear("descendants", "hub/basalt", "--url", address(), "--format", format);
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
            assertThat(run.err()).contains("expected JSON, found something else");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void saysWhichModelsMayBeMeant() {
        Run run = Run.forebear("descendants", "basalr", "--url", address());
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("no model 'basalr' is known; did you mean 'basalt'?");
    }

    private String shown(String... options) {
        var args = new ArrayList<>(List.of("descendants", "hub/basalt", "--url", address()));
        args.addAll(List.of(options));
        Run run = Run.forebear(args.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        return run.out();
    }

    private String address() {
        return "http://127.0.0.1:" + instance.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestURI().toString();
        asked.add(question);
        boolean known = !question.contains("basalr");
        String hostile = "\"internal/\\u001b[2J\\u202e\\\"; rm -rf ~; \\\\@1\"";
        String answer = known
                ? FAMILY.formatted(truncated, hostile, hostile, hostile)
                : "{\"error\": \"no model 'basalr' is known; did you mean 'basalt'?\"}";
        byte[] whole = answer.strip().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(whole, whole.length - missing);
        exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
