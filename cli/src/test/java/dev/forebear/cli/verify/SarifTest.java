package dev.forebear.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings as code hosts take them. */
class SarifTest {

    @TempDir
    private static Path folder;

    private static Path known;

    @BeforeAll
    static void keepABase() {
        known = folder.resolve("known.forebear");
        assertThat(Run.forebear(
                                "reference",
                                "add",
                                Zoo.location("base-a"),
                                "--name",
                                "zoo/base-a",
                                "--released",
                                "2024-03-01",
                                "--file",
                                known.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void keepsToTheSchemaOfFindingsAndOfNone() throws IOException {
        assertThat(SarifSchema.problems(written(Zoo.location("base-a-copy")))).isEmpty();
        assertThat(SarifSchema.problems(written(Zoo.location("base-a-lora-adapter"))))
                .isEmpty();
        JsonNode fine = written(Zoo.location("base-b"));
        assertThat(SarifSchema.problems(fine)).isEmpty();
        assertThat(fine.at("/runs/0/results").isArray()).isTrue();
        assertThat(fine.at("/runs/0/results")).isEmpty();
    }

    @Test
    void explainsEveryRuleAndPointsAtTheOneThatFired() throws IOException {
        JsonNode run = written(Zoo.location("base-a-copy")).at("/runs/0");
        JsonNode result = run.at("/results/0");

        assertThat(run.at("/tool/driver/rules"))
                .hasSizeGreaterThan(5)
                .allSatisfy(rule -> assertThat(rule.at("/help/text").asText()).isNotBlank());
        assertThat(run.at("/tool/driver/rules")
                        .path(result.path("ruleIndex").asInt(-1))
                        .path("id"))
                .isEqualTo(result.path("ruleId"));
        assertThat(result.path("level").asText()).isEqualTo("error");
        assertThat(result.at("/message/text").asText()).contains("reference/zoo/base-a@main", "Declare it");
        assertThat(result.at("/partialFingerprints/forebearAlert~1v1").asText()).startsWith("al_");
        assertThat(result.at("/properties/verdict").asText()).isEqualTo("same-weights");
        assertThat(run.at("/automationDetails/id").asText()).isEqualTo("forebear-verify/local/base-a-copy/");
        assertThat(run.at("/properties/comparedModels").asInt()).isEqualTo(1);
    }

    @Test
    void showsAFindingAtTheCardOfTheModelWithinTheWorkingFolder(@TempDir Path root) throws IOException {
        Path model = root.resolve("models/a model");
        Zoo.copy("base-a-copy", model);

        assertThat(Artifact.of("models/a model", root)).isEqualTo(new Artifact("models/a%20model/README.md", true));
        assertThat(Artifact.of(model.toString(), root)).isEqualTo(new Artifact("models/a%20model/README.md", true));
        assertThat(Artifact.of(model.toString(), root.resolve("elsewhere")).isRelative())
                .isFalse();
        assertThat(Artifact.of("s3://models/helios", root)).isEqualTo(new Artifact("s3://models/helios", false));
    }

    private static JsonNode written(String model) throws IOException {
        Path file = folder.resolve("out/findings.sarif");
        Run run = Run.forebear("verify", model, "--reference", known.toString(), "--sarif", file.toString());
        assertThat(run.exitCode()).as(run.err()).isBetween(0, 1);
        return new ObjectMapper().readTree(file.toFile());
    }
}
