package dev.forebear.cli.inspect;

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

class InspectCommandTest implements CheckpointCommandContract {

    @Override
    public List<String> command() {
        return List.of("inspect");
    }

    @Override
    public List<String> arguments(Path checkpoint) {
        return List.of();
    }

    @Test
    void listsTensorsWithTheirRoles() {
        Run run = run(Zoo.location("base-a"));

        assertThat(run.out())
                .contains("llama, 4 layers, hidden size 64")
                .containsPattern("model\\.layers\\.3\\.self_attn\\.q_proj\\.weight +BF16 +64 × 64 +query")
                .containsPattern("model\\.embed_tokens\\.weight +BF16 +1024 × 64 +embedding, output head");
    }

    @Test
    void countsParametersInJson() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(run(Zoo.location("base-a"), "--json").out());

        assertThat(document.path("tensors")).hasSize(38);
        assertThat(document.path("parameters").asLong()).isEqualTo(213_568);
        assertThat(document.path("architecture").path("tiedEmbeddings").asBoolean())
                .isTrue();
    }

    @Test
    void saysWhatReadingWouldCost() {
        Run run = run(Zoo.location("base-a"), "--plan");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("llama, 4 layers, hidden size 64")
                .containsPattern("1 fingerprint +embedding anchors +[0-9.]+ kB +64\n")
                .containsPattern("1 fingerprint +all together +[0-9.]+ [kM]B +[0-9,]+\n")
                .containsPattern("2 confirmation +exact statistics +[0-9.]+ [kM]B +[0-9,]+\n")
                .doesNotContain("q_proj");
    }

    @Test
    void saysWhatReadingWouldCostInJson() throws IOException {
        JsonNode plan = new ObjectMapper()
                .readTree(run(Zoo.location("base-a"), "--plan", "--json").out())
                .path("plan");

        assertThat(plan.path("bytes").asLong()).isBetween(100_000L, 3_000_000L);
        assertThat(plan.path("requests").asLong()).isPositive();
        assertThat(plan.path("tiers")).hasSize(2);
        assertThat(plan.at("/tiers/0/bytes")).isEqualTo(plan.path("bytes"));
        assertThat(plan.at("/tiers/0/signals"))
                .extracting(signal -> signal.path("name").asText())
                .containsExactly(
                        "weights digest",
                        "embedding anchors",
                        "embedding norms",
                        "norm layers",
                        "layer energies and weight values",
                        "positional sketch",
                        "neuron scalars",
                        "shared function");
        assertThat(plan.at("/tiers/1/name").asText()).isEqualTo("confirmation");
        assertThat(plan.at("/tiers/1/signals/0/requests").asLong()).isPositive();
    }

    @Test
    void plansNothingOfWhatCannotBeFingerprinted(@TempDir Path folder) throws IOException {
        Files.copy(Zoo.folder("base-a").resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"unheard-of\"}");

        Run run = run(folder.toString(), "--plan");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).contains("Problem: config.json").doesNotContain("weights digest");
    }

    @Test
    void listsTensorsOfFusedLayoutWithAllTheirRoles() {
        assertThat(run(Zoo.location("base-g")).out()).contains("query, key, value");
    }

    @Test
    void showsAnAdapterAndItsBaseAsOneModel() {
        Run run = run(Zoo.location("base-a-lora-adapter"), "--base", Zoo.location("base-a"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("LoRA of rank 4 on q_proj, v_proj, put on " + Zoo.location("base-a"))
                .containsPattern("layers\\.0\\.self_attn\\.q_proj\\.weight +BF16 \\+ rank 4 +64 × 64 +query")
                .containsPattern("layers\\.0\\.self_attn\\.k_proj\\.weight +BF16 +32 × 64 +key");
    }

    @Test
    void saysWhichBaseAnAdapterLacks() {
        Run run = run(Zoo.location("base-a-lora-adapter"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("found an adapter whose base zoo/base-a was not found");
    }

    @Test
    void endsWithUnreadableInputWhereTheBaseDoesNotFit() {
        Run run = run(Zoo.location("base-a-lora-adapter"), "--base", Zoo.location("base-a-large"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("expected shape [4, ");
    }

    @Test
    void readsOneWeightFileWithTheConfigurationBesideIt() {
        Run run = run(Zoo.folder("base-a").resolve("model.safetensors").toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("llama, 4 layers");
    }

    @Test
    void showsWhatCanBeReadBesideAMalformedConfiguration(@TempDir Path folder) throws IOException {
        Files.copy(Zoo.folder("base-a").resolve("model.safetensors"), folder.resolve("model.safetensors"));
        Files.writeString(folder.resolve("config.json"), "{\"hidden_size\": ");

        Run run = run(folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).contains("model.embed_tokens.weight", "Problem: config.json");
        assertThat(run.errLines()).singleElement().asString().startsWith("forebear: config.json: ");
    }

    @Test
    void saysWhatAnUnsafeFileWouldDo(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("pytorch_model.bin"), "cos\nsystem\n(Vid\ntR.");

        Run run = run(folder.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("forebear: pytorch_model.bin: ")
                .endsWith("found an unsafe file that would call os.system");
    }

    @Test
    void tellsThatWeightsWithoutAConfigurationHaveNoRoles(@TempDir Path folder) throws IOException {
        Files.copy(Zoo.folder("base-a").resolve("model.safetensors"), folder.resolve("model.safetensors"));

        Run run = run(folder.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("roles of tensors not recognised", "Problem: config.json");
    }
}
