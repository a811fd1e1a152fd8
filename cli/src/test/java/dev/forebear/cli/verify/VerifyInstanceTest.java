package dev.forebear.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.console.JsonOutput;
import dev.forebear.cli.instance.RunningInstance;
import dev.forebear.cli.system.OneProcess;
import dev.forebear.cli.system.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of the zoo against all that a running instance knows, by its policy. */
class VerifyInstanceTest {

    @TempDir
    private static Path folder;

    private static OneProcess instance;

    @BeforeAll
    static void startAnInstanceThatKnowsABaseAndWhatWasMadeFromIt() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("policy.yaml"),
                "policy: 1\nrules:\n  undisclosed-ancestry:\n  contradicted-declaration:\n  not-analysed:\n");
        instance = OneProcess.start(
                folder.resolve("data"),
                new Ports(0, 0, 0, 0, 0),
                Map.of("FOREBEAR_ACCESS", "open", "FOREBEAR_POLICY", policy.toString()));
        add("base-a", "zoo/base-a", "2024-03-01");
        add("base-b", "zoo/base-b", "2024-04-01");
        add("base-a-cpt", "zoo/base-a-cpt", "2024-05-01");
        try (var api = new RunningInstance(instance.dashboard(), "--url", null)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> api.find("/api/v1/report?model=reference/zoo/base-a-cpt@main") != null
                            && api.find("/api/v1/report?model=reference/zoo/base-b@main") != null);
        }
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @Test
    void failsByThePolicyOfTheInstance() {
        Run run = verify("base-a-sft-heavy", "--name", "internal/atlas");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out())
                .startsWith("Violated: internal/atlas@candidate breaks a rule of the policy of the instance.")
                .contains("high     undisclosed-ancestry", "Compared with 3 models of the instance at ")
                .contains("fingerprints alone decided on the model itself");
    }

    @Test
    void knowsWhatAncestorsDescendFromByTheirReports() throws IOException {
        JsonNode ancestors = new ObjectMapper()
                .readTree(verify("base-a-cpt", "--name", "internal/next", "--declared-base", "zoo/base-a-cpt", "--json")
                        .out())
                .path("ancestors");

        assertThat(ancestors.findValuesAsText("model"))
                .containsExactlyInAnyOrder("reference/zoo/base-a-cpt@main", "reference/zoo/base-a@main");
    }

    @Test
    void callsADeclaredBaseThatTheInstanceKnowsRefuted() {
        Run run = verify("base-a-sft-heavy", "--declared-base", "zoo/base-b");

        assertThat(run.out()).contains("high     contradicted-declaration");
    }

    @Test
    void heedsAnExceptionThatSomebodyGranted() throws Exception {
        try (var api = new RunningInstance(instance.dashboard(), "--url", null)) {
            api.post(
                    "/api/v1/exceptions",
                    JsonOutput.object()
                            .put("scope", "model")
                            .put("rule", "undisclosed-ancestry")
                            .put("derivedModelId", "internal/helios")
                            .put("owner", "ana@example.com")
                            .put("reason", "published with the next release")
                            .put(
                                    "expiresAt",
                                    Instant.now().plus(Duration.ofDays(7)).toString()));
        }

        Run run = verify("base-a-sft-heavy", "--name", "internal/helios@v4");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .startsWith("Fine: internal/helios@v4")
                .contains("excepted by ana@example.com until ")
                .contains("published with the next release");
    }

    @Test
    void failsOnADescendantOfWhatIsQuarantinedWhateverThePolicy() throws Exception {
        try (var api = new RunningInstance(instance.dashboard(), "--url", null)) {
            api.post(
                    "/api/v1/quarantines",
                    JsonOutput.object().put("id", "reference/zoo/base-b").put("reason", "poisoned"));
        }

        Run run = verify("base-b-sft");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out())
                .contains("critical quarantined-ancestor")
                .contains("descends from reference/zoo/base-b@main", "poisoned", "Do not use it");
    }

    @Test
    void prefersAPolicyThatIsGiven() throws IOException {
        Path policy = Files.writeString(folder.resolve("own.yaml"), "policy: 1\nrules:\n  unsafe-file:\n");

        assertThat(verify("base-a-sft-heavy", "--policy", policy.toString()).exitCode())
                .isZero();
    }

    @Test
    void failsOnWhatCannotBeReadWithoutAskingTheMatchers() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("model.safetensors"), "no tensors");

        Run run = verify(broken);

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out()).containsPattern("low +not-analysed").contains("Compared with 0 models of the instance");
    }

    @Test
    void saysThatNoInstanceAnswers() {
        Run run = Run.forebear("verify", Zoo.location("base-a"), "--url", "http://localhost:1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains("expected a running instance, found none");
    }

    private static void add(String model, String name, String released) {
        Run run = asked(List.of("reference", "add", Zoo.location(model), "--name", name, "--released", released));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Run verify(String model, String... more) {
        return verify(Zoo.folder(model), more);
    }

    private static Run verify(Path model, String... more) {
        var arguments = new ArrayList<>(List.of(
                "verify", model.toString(), "--url", instance.dashboard().toString()));
        arguments.addAll(List.of(more));
        return asked(arguments);
    }

    private static Run asked(List<String> arguments) {
        return Run.forebear(
                Map.of(
                        "FOREBEAR_KAFKA",
                        instance.platform().bootstrapServers(),
                        "FOREBEAR_SCHEMA_REGISTRY",
                        instance.platform().schemaRegistryUrl().toString()),
                arguments.toArray(String[]::new));
    }
}
