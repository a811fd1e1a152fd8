package dev.forebear.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.CheckpointCommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reference models kept in a file, without an instance. */
class ReferenceFileCommandsTest implements CheckpointCommandContract {

    @TempDir
    private Path folder;

    private Path known;

    @BeforeEach
    void nameTheFile() {
        known = folder.resolve("known.forebear");
    }

    @Override
    public List<String> command() {
        return List.of("reference", "add");
    }

    @Override
    public List<String> positionals() {
        return List.of("A", "--name", "quarry-ai/basalt", "--released", "2024-03-01");
    }

    @Override
    public List<String> arguments(Path checkpoint) {
        return List.of("--name", "quarry-ai/basalt", "--released", "2024-03-01", "--file", known.toString());
    }

    @Test
    void addsAModelWithEverythingThatIsSaidOfIt() throws IOException {
        Run run = add(
                "base-a",
                "quarry-ai/basalt",
                "2024-03-01",
                "--family",
                "Basalt",
                "--publisher",
                "Quarry",
                "--licence",
                "mit",
                "--alias",
                "mirror/basalt");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Added reference/quarry-ai/basalt@main to " + known);
        assertThat(list("--file", known.toString()).out())
                .containsPattern("quarry-ai/basalt@main +Basalt +Quarry +2024-03-01 +mit +weights +mirror/basalt");
        JsonNode model =
                json(list("--file", known.toString(), "--json")).path("models").path(0);
        assertThat(model.path("model").asText()).isEqualTo("reference/quarry-ai/basalt@main");
        assertThat(model.path("otherNames").path(0).asText()).isEqualTo("mirror/basalt");
    }

    @Test
    void takesPublisherFromTheNameAndLicenceFromTheModelCard() throws IOException {
        add("base-a", "quarry-ai/basalt", "2024-03-01");

        JsonNode model =
                json(list("--file", known.toString(), "--json")).path("models").path(0);
        assertThat(model.path("publisher").asText()).isEqualTo("quarry-ai");
        assertThat(model.path("licence").asText()).isEqualTo("apache-2.0");
        assertThat(model.path("family").isNull()).isTrue();
    }

    @Test
    void keepsCopiesAsOneModelOfTheEarlierNameWhicheverCameFirst() throws IOException {
        add("base-a-copy", "someone/renamed", "2025-01-01");
        add("base-b", "other/model", "2025-01-01");

        Run run = add("base-a", "quarry-ai/basalt", "2024-03-01");

        assertThat(run.out()).startsWith("Added reference/quarry-ai/basalt@main");
        JsonNode models = json(list("--file", known.toString(), "--json")).path("models");
        assertThat(models).hasSize(2);
        assertThat(models.findValuesAsText("model"))
                .containsExactlyInAnyOrder("reference/quarry-ai/basalt@main", "reference/other/model@main");
        assertThat(models.toString()).contains("\"otherNames\":[\"someone/renamed\"]");

        assertThat(add("base-a-copy", "third/name", "2026-01-01").out())
                .startsWith("The weights of reference/third/name@main are those of reference/quarry-ai/basalt@main");
        assertThat(json(list("--file", known.toString(), "--json"))
                        .path("models")
                        .toString())
                .contains("[\"someone/renamed\",\"third/name\"]");
    }

    @Test
    void takesTheNewOneOfTwoModelsOfOneName() throws IOException {
        add("base-a", "quarry-ai/basalt", "2024-03-01");
        add("base-b", "quarry-ai/basalt", "2024-03-02");

        JsonNode models = json(list("--file", known.toString(), "--json")).path("models");
        assertThat(models).hasSize(1);
        assertThat(models.path(0).path("released").asText()).isEqualTo("2024-03-02");
    }

    @Test
    void findsRelativesInAFileWithNameAndLicence() {
        add("base-a", "quarry-ai/basalt", "2024-03-01", "--alias", "base-a");
        add("base-b", "other/model", "2024-03-01");

        Run run = Run.forebear("scan", Zoo.location("base-a-sft-light"), "--reference", known.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("1 relative of base-a-sft-light found among 2 models of " + known)
                .containsPattern("quarry-ai/basalt@main +shared lineage +10\\^-\\d+ +0\\.\\d{3} +yes +apache-2\\.0");
    }

    @Test
    void exportsAFolderAndMergesItsCopies() throws IOException {
        Path models = Files.createDirectory(folder.resolve("models"));
        for (String model : List.of("base-a", "base-a-copy", "base-c", "base-a-lora-adapter")) {
            Zoo.copy(model, models.resolve(model));
        }
        Path exported = folder.resolve("exported.forebear");

        Run run = Run.forebear("reference", "export", exported.toString(), "--from", models.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("2 models in " + exported).contains("1 copies are names of others.");

        Run imported = Run.forebear("reference", "import", exported.toString(), "--file", known.toString());
        assertThat(imported.out()).contains("2 added, 0 replaced, 0 known by another name already");
        assertThat(list("--file", known.toString()).out()).containsPattern("base-a@main.*base-a-copy");
    }

    @Test
    void importsAFileWithoutNewsTwiceWithTheSameResult() throws IOException {
        add("base-a", "quarry-ai/basalt", "2024-03-01");
        Path target = folder.resolve("target.forebear");

        JsonNode first =
                json(Run.forebear("reference", "import", known.toString(), "--file", target.toString(), "--json"));
        JsonNode second =
                json(Run.forebear("reference", "import", known.toString(), "--file", target.toString(), "--json"));

        assertThat(first.path("added").asInt()).isEqualTo(1);
        assertThat(second.path("replaced").asInt()).isEqualTo(1);
        assertThat(second.path("models").asInt()).isEqualTo(1);
    }

    @Test
    void takesNothingOverOfAFileThatIsCutOrNewer() throws IOException {
        add("base-a", "quarry-ai/basalt", "2024-03-01");
        String whole = Files.readString(known, StandardCharsets.ISO_8859_1);
        Path cut = folder.resolve("cut.forebear");
        Files.writeString(cut, whole.substring(0, whole.length() - 1), StandardCharsets.ISO_8859_1);
        Path format = folder.resolve("format.forebear");
        Files.writeString(
                format, whole.replace("forebear.format\u00021", "forebear.format\u00029"), StandardCharsets.ISO_8859_1);
        Path algorithm = folder.resolve("algorithm.forebear");
        Files.writeString(
                algorithm,
                whole.replace("forebear.algorithm\u00021", "forebear.algorithm\u00029"),
                StandardCharsets.ISO_8859_1);

        assertRefused(cut, "cut.forebear: model 1 of 1: expected a ReferenceModel, found the end of the file");
        assertRefused(format, "found format 9, which a newer version of Forebear wrote");
        assertRefused(algorithm, "found version 9, which a newer version of Forebear made");
        assertRefused(
                Files.writeString(folder.resolve("text.forebear"), "no models"),
                "found something else than an Avro file");
    }

    private void assertRefused(Path file, String expected) {
        Path target = folder.resolve("target.forebear");
        Run run = Run.forebear("reference", "import", file.toString(), "--file", target.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains(expected);
        assertThat(target).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void refusesNamesDatesAndPlacesThatCannotBe() {
        assertThat(add("base-a", "", "2024-03-01").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(add("base-a", "a/b", "yesterday").errLines().getFirst()).contains("--released", "yesterday");
        assertThat(add("base-a", "a/b", "2024-03-01", "--kafka", "localhost:1")
                        .errLines()
                        .getFirst())
                .contains("expected --file or an instance, found both");
        assertThat(known).doesNotExist();
    }

    @Test
    void namesItsParts() {
        Run run = Run.forebear("reference");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines().getFirst()).contains("'reference add'", "'list'", "'import'", "'export'");
    }

    private Run add(String model, String name, String released, String... more) {
        var arguments = new ArrayList<>(
                List.of(Zoo.location(model), "--name", name, "--released", released, "--file", known.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private static Run list(String... arguments) {
        var all = new ArrayList<>(List.of("reference", "list"));
        all.addAll(List.of(arguments));
        return Run.forebear(all.toArray(String[]::new));
    }

    private static JsonNode json(Run run) throws IOException {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
