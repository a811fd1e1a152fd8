package dev.forebear.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.CheckpointCommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest implements CheckpointCommandContract {

    @Override
    public List<String> command() {
        return List.of("compare");
    }

    @Override
    public List<String> positionals() {
        return List.of("A", "B");
    }

    @Override
    public List<String> arguments(Path checkpoint) {
        return List.of(Zoo.location("base-a-sft-light"));
    }

    @ParameterizedTest
    @CsvSource({
        "base-a-copy, SAME_WEIGHTS",
        "base-a-sft-heavy, DERIVED",
        "base-a-layer-pruned, DERIVED",
        "base-a-rerun, NO_EVIDENCE",
        "base-c, NO_EVIDENCE",
        "trap-config, NO_EVIDENCE",
        "base-g, NO_EVIDENCE"
    })
    void theWeightsDecide(String model, String verdict) throws IOException {
        Run run = run(Zoo.location("base-a"), Zoo.location(model), "--json");

        assertThat(run.exitCode()).as("no verdict is a failure").isZero();
        assertThat(json(run).path("verdict").path("name").asText()).isEqualTo(verdict);
    }

    @Test
    void saysThatAnAdapterProvesNothingByTheBaseThatItWasPutOn() {
        Run run = run(Zoo.location("base-a"), Zoo.location("base-a-lora-adapter"), "--base", Zoo.location("base-a"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("put on a base before they were compared, so that their agreement proves nothing")
                .contains("If base-a-lora-adapter was made from base-a: adapter (LoRA of rank 4 on q_proj, v_proj;");
    }

    @Test
    void saysTheVerdictFirstInOneSentence() {
        Run run = run(Zoo.location("base-a"), Zoo.location("base-a-sft-light"));

        assertThat(run.out().lines().findFirst())
                .hasValue("Shared lineage. base-a and base-a-sft-light share trained weights: one was made from the"
                        + " other, or both from a third model.");
        assertThat(run.out())
                .contains("same-index-rows", "0.000 ±", "does not decide")
                .contains("Peer signals: reported, they do not decide")
                .containsPattern("embedding-anchor-similarity +[01]\\.\\d{3}");
    }

    @Test
    void saysWhatWasDoneAndWhichCameFirstInWhateverOrder() throws IOException {
        Run run = run(Zoo.location("base-a-int8"), Zoo.location("base-a"), "--json");

        JsonNode descent = json(run).path("descent");
        assertThat(descent.path("base").asText()).isEqualTo("base-a");
        assertThat(descent.path("derived").asText()).isEqualTo("base-a-int8");
        assertThat(descent.path("kind").asText()).isEqualTo("quantised");
        assertThat(descent.path("certainty").asText()).isEqualTo("ESTABLISHED");
        assertThat(run(Zoo.location("base-a"), Zoo.location("base-a-lora-merged"))
                        .out())
                .contains("If base-a-lora-merged was made from base-a: adapter merged (");
    }

    @Test
    void saysNothingOfDescentBetweenStrangers() throws IOException {
        assertThat(json(run(Zoo.location("base-a"), Zoo.location("base-c"), "--json"))
                        .has("descent"))
                .isFalse();
    }

    @Test
    void neverSaysThatIndependenceWasProven() {
        assertThat(run(Zoo.location("base-a"), Zoo.location("base-a-rerun")).out())
                .startsWith("No evidence.")
                .contains("not a proof of independence");
    }

    @Test
    void statesTheChanceForAsManyModelsAsOneWasPickedFrom() throws IOException {
        String[] models = {Zoo.location("base-a"), Zoo.location("base-a-sft-light"), "--json", "--among"};
        JsonNode few = verdictAmong(models, "1000");
        JsonNode many = verdictAmong(models, "1000000");

        assertThat(many.path("log10EValue").asDouble() - few.path("log10EValue").asDouble())
                .isEqualTo(3);
        assertThat(many.path("registrySize").asLong()).isEqualTo(1_000_000);
    }

    @Test
    void theSecondCheckpointIsNamedWhenItIsMissing(@TempDir Path folder) {
        Run run = run(Zoo.location("base-a"), folder.resolve("absent").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains("absent");
    }

    @Test
    void writesPageWithoutDisturbingJson(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.html");

        Run run = run(Zoo.location("base-a"), Zoo.location("base-a-sft-light"), "--json", "--html", page.toString());

        assertThat(json(run).isObject()).isTrue();
        assertThat(Files.readString(page)).startsWith("<!doctype html>").contains("base-a-sft-light");
    }

    private JsonNode verdictAmong(String[] models, String size) throws IOException {
        return json(run(models[0], models[1], models[2], models[3], size)).path("verdict");
    }

    private static JsonNode json(Run run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }
}
