package dev.forebear.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.CheckpointCommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.cli.reference.SmallPeerDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of the zoo against a file of reference models. */
class VerifyReferenceTest implements CheckpointCommandContract {

    @TempDir
    private static Path folder;

    private static Path known;
    private static Path others;

    @TempDir
    private Path own;

    @BeforeAll
    static void keepReferenceModels() {
        known = folder.resolve("known.forebear");
        others = folder.resolve("others.forebear");
        add(known, "base-a", "zoo/base-a", "2024-03-01");
        add(known, "base-b", "zoo/base-b", "2024-04-01");
        add(known, "base-a-sft-heavy", "zoo/base-a-sft-heavy", "2024-05-01");
        add(others, "base-c", "zoo/base-c", "2024-05-01");
    }

    @Override
    public List<String> command() {
        return List.of("verify");
    }

    @Override
    public List<String> arguments(Path checkpoint) {
        return List.of("--reference", others.toString());
    }

    /** Here the check does not fail for want of an input: it says that nobody knows what the model was made from. */
    @Override
    @Test
    public void saysInOneLineWhichTensorLies(@TempDir Path model) throws IOException {
        Files.writeString(model.resolve("model.safetensors"), "no tensors");

        Run run = run(model.toString(), "--reference", known.toString(), "--fail-on", "critical");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out())
                .startsWith(
                        "Violated: local/" + model.getFileName() + "@candidate breaks a rule of the standard policy.")
                .containsPattern("low +not-analysed")
                .contains("model.safetensors: ", "expected", "found", "That is not the same as clean.")
                .contains("Compared with 0 models of " + known);
    }

    @Test
    void letsPassWhoDisclosesTheBase() {
        Run run = verify("base-a-sft-light");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .startsWith("Fine: local/base-a-sft-light@candidate breaks no rule of the standard policy.")
                .contains("Compared with 3 models of " + known + ", by the standard policy (sha256:")
                .contains("fingerprints alone decided");
    }

    @Test
    void accusesNoIndependentModel() {
        assertThat(verify("base-a-rerun").exitCode()).isZero();
        assertThat(verify("base-g").exitCode()).isZero();
    }

    @Test
    void failsOnABaseThatIsNotDisclosed() {
        Run run = verify("base-a-cpt", "--name", "internal/helios@v4");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out())
                .startsWith("Violated: internal/helios@v4 breaks a rule of the standard policy.")
                .containsPattern("high +(undisclosed-ancestry|false-claim-from-scratch)")
                .contains("internal/helios@v4 descends from reference/zoo/base-a@main")
                .containsPattern("why +The weights of .* by chance among 3 models compared")
                .containsPattern("by chance +1 in 10\\^\\d+")
                .containsPattern("to do +Declare it in the model card \\(base_model: zoo/base-a\\)");
    }

    @Test
    void letsPassWhatIsDeclaredOnTheCommandLine() {
        Run run = verify("base-a-cpt", "--declared-base", "zoo/base-a", "--licence", "apache-2.0");

        assertThat(run.exitCode()).as(run.out()).isZero();
    }

    @Test
    void failsOnALicenceThatDoesNotGoWithTheUse() {
        assertThat(verify("base-b-sft", "--exposure", "internal").exitCode()).isZero();

        Run run = verify("base-b-sft", "--exposure", "product", "--team", "search");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out())
                .containsPattern("medium +licence-conflict")
                .contains("cc-by-nc-4.0 allows no commercial use");
    }

    @Test
    void tellsWhatWeighsLessThanItFailsOn() {
        Run run = verify("base-b-sft", "--exposure", "product", "--fail-on", "high");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Fine: ")
                .contains("licence-conflict  (told only: weighs less than --fail-on)");
    }

    @Test
    void failsOnAnAdapterWithoutItsBaseWhateverItWeighs() {
        Run alone = verify("base-a-lora-adapter", "--fail-on", "critical");
        Run onBase = verify("base-a-lora-adapter", "--base", Zoo.location("base-a"));

        assertThat(alone.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(alone.out()).containsPattern("low +not-analysed").contains("(unsupported)");
        assertThat(onBase.exitCode()).as(onBase.out()).isZero();
    }

    @Test
    void saysThatNobodyKnowsWhereThePolicyLetsThatPass() throws IOException {
        Path policy = policy("rules:\n  undisclosed-ancestry:\n");

        Run run = verify("base-a-lora-adapter", "--policy", policy.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Not analysed: local/base-a-lora-adapter@candidate; " + policy
                        + " lets it pass. Nobody knows what it was made from.");
    }

    @Test
    void failsOnAFileThatWouldRunCode() throws IOException {
        Files.write(own.resolve("pytorch_model.bin"), "cos\nsystem\n(S'true'\ntR.".getBytes(StandardCharsets.UTF_8));

        Run run = run(own.toString(), "--reference", known.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out()).containsPattern("critical +unsafe-file");
    }

    @Test
    void followsARuleOfTheUsersOwn() throws IOException {
        Path policy = policy("rules:\n  disallowed-ancestor:\n    models: [zoo/base-a]\n");

        Run run = verify("base-a-grandchild", "--policy", policy.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out()).contains("disallowed-ancestor", "descends from reference/zoo/base-a@main");
    }

    @Test
    void saysWhereThePolicyIsWrong() throws IOException {
        Path policy = policy("rules:\n  own:\n    when: ancestor.nam == ''\n");

        Run run = verify("base-a", "--policy", policy.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).anyMatch(line -> line.startsWith("forebear: " + policy + ":4:"));
    }

    @Test
    void namesTheWeightsThatOnlyTheirReadingTellsMoreOf() {
        Run run = verify("base-a-adv-permuted");

        assertThat(run.out())
                .contains("fingerprints alone decided; only the weights themselves tell more about "
                        + "reference/zoo/base-a@main");
    }

    @Test
    void writesOneDocumentForPrograms() throws IOException {
        JsonNode result =
                new ObjectMapper().readTree(verify("base-a-copy", "--json").out());

        assertThat(result.path("violated").asBoolean()).isTrue();
        assertThat(result.path("comparedModels").asInt()).isEqualTo(3);
        JsonNode finding = result.path("findings").path(0);
        assertThat(finding.path("alertId").asText()).startsWith("al_");
        assertThat(finding.path("standing").asText()).isEqualTo("violated");
        assertThat(finding.path("ancestor").path("model").asText()).isEqualTo("reference/zoo/base-a@main");
        assertThat(finding.path("ancestor").path("verdict").asText()).isEqualTo("same-weights");
    }

    @Test
    void comparesWithTheModelsOfAFolderButForTheModelItself() throws IOException {
        Zoo.copy("base-a", own.resolve("base-a"));
        Zoo.copy("base-b", own.resolve("base-b"));
        Files.writeString(Files.createDirectory(own.resolve("broken")).resolve("config.json"), "{}");

        Run run = run(own.resolve("base-a").toString(), "--reference", own.toString());

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("Compared with 1 model of " + own)
                .contains("not compared: " + own.resolve("broken"));
    }

    @Test
    void saysThatAReferenceIsMissingOrOfANewerVersion() throws IOException {
        Path newer = own.resolve("newer.forebear");
        String whole = Files.readString(known, StandardCharsets.ISO_8859_1);
        Files.writeString(
                newer, whole.replace("forebear.format\u00021", "forebear.format\u00029"), StandardCharsets.ISO_8859_1);

        assertRefused(own.resolve("absent"), "absent: expected a folder of models, found none");
        assertRefused(newer, "found format 9, which a newer version of Forebear wrote");
        assertRefused(
                Files.createDirectory(own.resolve("empty")), "expected models to compare weights with, found none");
    }

    @Test
    void saysThatModelsOfThePeerProveNothing() throws Exception {
        SmallPeerDatabase.write(own.resolve("database"), "base-b");
        Path foreign = own.resolve("foreign.forebear");
        Run imported =
                Run.forebear("reference", "import", own.resolve("database").toString(), "--file", foreign.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();

        assertRefused(foreign, "found only 1 of which only the peer's signals are known, which prove nothing");
    }

    @Test
    void saysThatNoModelIsThereButTheOneThatIsChecked() {
        Run run = Run.forebear(
                "verify",
                Zoo.location("base-c"),
                "--reference",
                others.toString(),
                "--name",
                "reference/zoo/base-c@main");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains("expected another model than the one");
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThat(verify("base-a", "--kafka", "localhost:1").errLines().getFirst())
                .contains("expected --reference or an instance, found both");
        assertThat(verify("base-a", "--name", "helios").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(verify("base-a", "--fail-on", "never").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static void assertRefused(Path reference, String expected) {
        Run run = Run.forebear("verify", Zoo.location("base-a"), "--reference", reference.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains(expected);
    }

    private Path policy(String rules) throws IOException {
        return Files.writeString(own.resolve("policy.yaml"), "policy: 1\n" + rules);
    }

    private static void add(Path file, String model, String name, String released) {
        Run run = Run.forebear(
                "reference",
                "add",
                Zoo.location(model),
                "--name",
                name,
                "--released",
                released,
                "--file",
                file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Run verify(String model, String... more) {
        var arguments = new ArrayList<>(List.of("verify", Zoo.location(model), "--reference", known.toString()));
        arguments.addAll(List.of(more));
        return Run.forebear(arguments.toArray(String[]::new));
    }
}
