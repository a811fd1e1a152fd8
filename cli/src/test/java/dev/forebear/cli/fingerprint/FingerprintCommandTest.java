package dev.forebear.cli.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.cli.CheckpointCommandContract;
import dev.forebear.cli.Run;
import dev.forebear.cli.Zoo;
import dev.forebear.cli.console.ExitCode;
import dev.forebear.match.FingerprintReader;
import dev.forebear.schemas.RecordFile;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.signals.FingerprintComparison;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintCommandTest implements CheckpointCommandContract {

    @TempDir
    private Path folder;

    @Override
    public List<String> command() {
        return List.of("fingerprint");
    }

    @Override
    public List<String> arguments(Path checkpoint) {
        return List.of("-o", folder.resolve("out.avro").toString());
    }

    @Test
    void writesTheFingerprintOfTheCheckpoint() throws IOException {
        Path file = folder.resolve("base-a.avro");

        Run run = run(Zoo.location("base-a"), "-o", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.size(file)).isBetween(4_000L, 64L * 1024);
        var read = FingerprintReader.toDomain(RecordFile.read(file, Fingerprint.class));
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(Zoo.folder("base-a")))) {
            assertThat(FingerprintComparison.between(read, Fingerprinter.fingerprint(checkpoint)))
                    .isInstanceOfSatisfying(
                            Compared.class,
                            compared -> assertThat(compared.sameWeights()).isTrue());
        }
    }

    @Test
    void tellsWhatTheFingerprintHolds() throws IOException {
        Path file = folder.resolve("base-a.avro");

        JsonNode summary = new ObjectMapper()
                .readTree(run(Zoo.location("base-a"), "-o", file.toString(), "--json")
                        .out());

        assertThat(summary.path("file").asText()).isEqualTo(file.toString());
        assertThat(summary.path("weightsDigest").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(summary.path("parameters").asLong()).isEqualTo(213_568);
        assertThat(summary.path("evidence")).hasSize(3);
    }

    @Test
    void saysInOneLineThatTheFileCannotBeWritten() {
        Run run = run(
                Zoo.location("base-a"), "-o", folder.resolve("absent/out.avro").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.errLines()).singleElement().asString().contains("absent");
    }
}
