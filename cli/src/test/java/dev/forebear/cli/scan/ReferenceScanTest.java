package dev.forebear.cli.scan;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans against a folder that holds checkpoints, a fingerprint, and what is neither. */
class ReferenceScanTest implements CheckpointCommandContract {

    @TempDir
    private static Path known;

    @BeforeAll
    static void fillTheFolder() throws IOException {
        Zoo.copy("base-a", known.resolve("base-a"));
        Zoo.copy("base-b", known.resolve("base-b"));
        Zoo.copy("base-a-lora-adapter", known.resolve("base-a-lora-adapter"));
        String file = known.resolve("base-c.avro").toString();
        assertThat(Run.forebear("fingerprint", Zoo.location("base-c"), "-o", file)
                        .exitCode())
                .isZero();
        Files.writeString(known.resolve("broken.avro"), "no fingerprint");
        Files.writeString(known.resolve("notes.txt"), "no model");
        Files.createDirectory(known.resolve("logs"));
    }

    @Override
    public List<String> command() {
        return List.of("scan");
    }

    @Override
    public List<String> arguments(Path checkpoint) {
        return List.of("--reference", known.toString());
    }

    @Test
    void namesTheBaseAndSaysThatItIsDeclared() {
        Run run = scan("base-a-sft-light");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("1 relative of base-a-sft-light found among 3 models")
                .containsPattern("base-a +shared lineage +10\\^-\\d+ +0\\.\\d{3} +yes");
    }

    @Test
    void findsAFingerprintAsItFindsACheckpoint() {
        Run run = scan("base-c");

        assertThat(run.out()).containsPattern("base-c\\.avro +same weights");
    }

    @Test
    void accusesNoIndependentModel() {
        assertThat(scan("base-a-rerun").out()).startsWith("No relative of base-a-rerun was found among 3 models");
        assertThat(scan("trap-config").out()).startsWith("No relative");
    }

    @Test
    void tellsWhatCouldNotBeCompared() throws IOException {
        JsonNode result = new ObjectMapper()
                .readTree(run(Zoo.location("base-a-rerun"), "--reference", known.toString(), "--json")
                        .out());

        assertThat(result.path("comparedModels").asInt()).isEqualTo(3);
        assertThat(result.path("notCompared"))
                .hasSize(2)
                .anyMatch(line -> line.asText().startsWith("base-a-lora-adapter: "))
                .anyMatch(line -> line.asText().startsWith("broken.avro: "));
    }

    @Test
    void leavesOutTheCheckpointItself() {
        Run run = run(known.resolve("base-a").toString(), "--reference", known.toString());

        assertThat(run.out()).startsWith("No relative of base-a was found among 2 models");
    }

    @Test
    void saysInOneLineThatTheFolderIsMissing(@TempDir Path folder) {
        Run run = run(
                Zoo.location("base-a"), "--reference", folder.resolve("nowhere").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("nowhere: expected a folder of known models, or a file of reference models");
    }

    private Run scan(String model) {
        return run(Zoo.location(model), "--reference", known.toString());
    }
}
