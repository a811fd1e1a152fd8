package dev.forebear.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The examples for pipelines run, in bash, in a repository with models, with the packaged program. */
class PipelineExamplesIT {

    private static final Duration END_WITHIN = Duration.ofMinutes(2);

    /** Where the example for GitHub checks the program out, and what is on the path elsewhere. */
    private static final String PROGRAM = ".forebear/program";

    @TempDir
    private Path repository;

    @BeforeEach
    void keepAModelAReferenceAndAPolicy() throws Exception {
        ChildProcess.copy(ChildProcess.ROOT.resolve("zoo/base-a-sft-light"), repository.resolve("models/helios"));
        Path program = Files.createDirectories(repository.resolve(PROGRAM)).resolve("forebear");
        String command = ChildProcess.program("cli").stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "#!/bin/sh\nexec ", " \"$@\"\n"));
        Files.writeString(program, command);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                repository.resolve(".forebear/policy.yaml"),
                "policy: 1\nrules:\n  undisclosed-ancestry:\n  false-claim-from-scratch:\n  not-analysed:\n");
        int added = bash(
                "forebear reference add '" + ChildProcess.ROOT.resolve("zoo/base-a")
                        + "' --name zoo/base-a --released 2024-03-01 --file .forebear/known.forebear",
                repository.resolve(PROGRAM) + ":" + System.getenv("PATH"));
        assertThat(added).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void letPassWhatDisclosesItsBase(PipelineExamples example) throws Exception {
        assertThat(run(example)).isZero();

        assertThat(findings(example, "helios")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void failOnWhatDoesNotAndStillLookAtTheOthers(PipelineExamples example) throws Exception {
        ChildProcess.copy(ChildProcess.ROOT.resolve("zoo/base-a-cpt"), repository.resolve("models/atlas"));

        assertThat(run(example)).isEqualTo(1);

        assertThat(findings(example, "atlas")).isEqualTo(1);
        assertThat(findings(example, "helios")).isZero();
    }

    /** As the host does: one shell after the other, each with what the former put on the path. */
    private int run(PipelineExamples example) throws Exception {
        Path added = repository.resolve("added-to-the-path");
        Files.writeString(added, example == PipelineExamples.GITHUB ? "" : repository.resolve(PROGRAM) + "\n");
        for (String script : example.scripts()) {
            String path = String.join(":", Files.readAllLines(added)) + ":" + System.getenv("PATH");
            int exitCode = bash(script, path);
            if (exitCode != 0) {
                return exitCode;
            }
        }
        return 0;
    }

    private int bash(String script, String path) throws InterruptedException {
        Map<String, String> environment = Map.of(
                "PATH",
                path,
                "GITHUB_PATH",
                repository.resolve("added-to-the-path").toString());
        try (var shell = ChildProcess.start(List.of("bash", "-e", "-c", script), environment, repository)) {
            int exitCode = shell.awaitEnd(END_WITHIN);
            assertThat(exitCode).as(shell.log()).isBetween(0, 1);
            return exitCode;
        }
    }

    private int findings(PipelineExamples example, String model) throws IOException {
        Path file = repository.resolve(example.kept()).resolve(model + ".sarif");
        return new ObjectMapper().readTree(file.toFile()).at("/runs/0/results").size();
    }
}
