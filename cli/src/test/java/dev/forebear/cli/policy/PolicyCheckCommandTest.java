package dev.forebear.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.cli.CommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyCheckCommandTest implements CommandContract {

    @TempDir
    private Path folder;

    @Override
    public List<String> command() {
        return List.of("policy", "check");
    }

    @Override
    public List<String> positionals() {
        return List.of("policy.yaml");
    }

    @Test
    void tellsEveryProblemWithItsPlace() throws Exception {
        Path file = file("rules:\n  own:\n    when: ancestor.nam == ''\n    severty: low\n");

        Run run = Run.forebear("policy", "check", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out().lines())
                .containsExactly(
                        file + ":3:19: rules.own.when: undefined field 'nam'; did you mean 'name'?",
                        file + ":4:5: rules.own.severty: expected one of enabled, for, message, over, routes, severity,"
                                + " title, when, found 'severty'; did you mean 'severity'?");
    }

    @Test
    void listsAFewProblemsOfAFileThatIsNoPolicy() throws Exception {
        String text =
                IntStream.range(0, 480).mapToObj("thing%d: 1\n"::formatted).collect(Collectors.joining());

        Run run = Run.forebear("policy", "check", file(text).toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(run.out().lines()).hasSize(31).last().isEqualTo("and 450 more; --json lists them all");
    }

    @Test
    void tellsWhichRulesAreOn() throws Exception {
        Path file = file("rules:\n  unsafe-file:\n  own: {when: ancestor.proven, routes: [legal]}\n");

        Run run = Run.forebear("policy", "check", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches(".*: 10 rules, 3 on \\(sha256:[0-9a-f]{12}\\)"))
                .anyMatch(line -> line.matches("quarantined-ancestor +on +critical +- .*"))
                .anyMatch(line -> line.matches("unsafe-file +on +critical +- +A file of the model would run code.*"))
                .anyMatch(line -> line.matches("undisclosed-ancestry +off +high +- .*"))
                .anyMatch(line -> line.matches("own +on +medium +legal +ancestor.proven"));
    }

    @Test
    void writesBothAsJson() throws Exception {
        assertThat(Run.forebear("policy", "check", "--json", file("rules: {}").toString())
                        .out())
                .contains("\"valid\" : true", "\"version\" : \"sha256:", "\"name\" : \"undisclosed-ancestry\"");

        Run wrong = Run.forebear("policy", "check", "--json", file("rulez: {}").toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(wrong.out()).contains("\"valid\" : false", "\"line\" : 1", "did you mean 'rules'?");
    }

    @Test
    void cannotReadAFileThatIsMissing() {
        Run run = Run.forebear("policy", "check", folder.resolve("none.yaml").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("none.yaml: expected a file, found none");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        Run run = Run.forebear("policy", "check", file("rules: {}").toString(), "--against", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.err()).contains("expected a running instance, found none; --against says where it is");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), text);
    }
}
