package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a few models of the zoo, some of them made unreadable. */
class EvaluateCommandTest implements CommandContract {

    @TempDir
    private static Path folder;

    private static Run run;
    private static JsonNode json;

    @BeforeAll
    static void evaluates() throws IOException {
        Path zoo = Files.createDirectory(folder.resolve("zoo"));
        ReducedZoo.of(zoo, List.of("base-a", "base-a-rerun", "base-a-sft-light", "base-a-layer-pruned"))
                .with("{\"id\": \"broken\", \"parents\": [\"base-a\"]}")
                .with("{\"id\": \"absent\"}")
                .with("{\"id\": \"outside\", \"dir\": \"../base-a\"}");
        Files.createDirectory(zoo.resolve("broken"));
        Files.writeString(zoo.resolve("broken").resolve("model.safetensors"), "no weights");
        Path file = folder.resolve("zoo.json");
        run = Run.forebear("evaluate", zoo.toString(), "--json", file.toString());
        json = new ObjectMapper().readTree(file.toFile());
    }

    @Override
    public List<String> command() {
        return List.of("evaluate");
    }

    @Override
    public List<String> positionals() {
        return List.of("DIR");
    }

    @Test
    void isNoFailureWhateverItFinds() {
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void scoresEveryPairOfTheModelsThatCanBeRead() {
        assertThat(json.path("models").asInt()).isEqualTo(7);
        assertThat(json.path("pairs").asInt()).isEqualTo(21);
        assertThat(json.path("comparedPairs").asInt()).isEqualTo(6);
        assertThat(json.path("relatedPairs").asInt()).isEqualTo(3);
        assertThat(json.path("falseAccusations").asInt()).isZero();
        assertThat(json.path("relatedFound").asDouble()).isEqualTo(1);
        assertThat(json.path("rocAuc").asDouble()).isEqualTo(1);
        assertThat(json.path("truePositivesAtZero").asDouble()).isEqualTo(1);
        assertThat(json.path("nullKsP").asDouble()).isBetween(1e-6, 1.0);
        assertThat(json.path("verdicts")).hasSize(6);
    }

    @Test
    void listsEveryPairThatIsNotComparableWithTheReason() {
        assertThat(json.path("notComparable"))
                .hasSize(15)
                .allMatch(pair -> pair.path("reason").isTextual());
        assertThat(json.path("unreadable"))
                .hasSize(3)
                .anyMatch(line -> line.asText().startsWith("broken: model.safetensors: header length: expected"))
                .anyMatch(line ->
                        line.asText().startsWith("absent: ") && line.asText().endsWith("expected a folder, found none"))
                .anyMatch(line -> line.asText()
                        .equals("outside: ../base-a: expected a folder inside the zoo, found one outside"));
    }

    @Test
    void tellsWhatIsDemandedAndWhatWasFound() {
        assertThat(run.out())
                .contains("7 models, 6 pairs compared: 3 related, 3 independent, 0 ambiguous")
                .containsPattern("independent pairs called related +none +0 of 3 +met")
                .containsPattern("related pairs found +all +3 of 3 +met")
                .containsPattern("ambiguous pairs called derived +none +0 of 0 +nothing to measure")
                .contains("No mistakes.", "15 pairs were not comparable");
    }

    @Test
    void saysInOneLineThatThereIsNoLineage(@TempDir Path empty) {
        assertUnreadable(run(empty.toString()), "lineage.json: expected the lineage of the models, found none");
        assertUnreadable(run(empty.resolve("nowhere").toString()), "nowhere: expected a folder of models, found none");
    }

    @Test
    void saysInOneLineThatTheLineageIsNone(@TempDir Path broken) throws IOException {
        Files.writeString(broken.resolve("lineage.json"), "{\"models\": [{\"id\": \"a\", \"parents\": 1}]}");

        assertUnreadable(run(broken.toString()), "lineage.json: a: expected parents to be an array of names");
    }

    @Test
    void anEmptyZooIsNoMistake(@TempDir Path empty) throws IOException {
        Files.writeString(empty.resolve("lineage.json"), "{\"models\": []}");

        Run nothing = run(empty.toString());

        assertThat(nothing.exitCode()).as(nothing.err()).isZero();
        assertThat(nothing.out()).contains("0 pairs compared").doesNotContain("NaN");
    }

    @Test
    void doesNotStartWithoutAPlaceForItsResult() {
        Run misplaced = run("zoo", "--json", folder.resolve("nowhere/zoo.json").toString());

        assertThat(misplaced.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(misplaced.errLines().getFirst()).contains("--json: expected a file in an existing folder");
    }

    private static void assertUnreadable(Run run, String message) {
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("forebear: ")
                .contains(message);
    }
}
