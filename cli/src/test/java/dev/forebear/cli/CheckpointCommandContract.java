package dev.forebear.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.cli.console.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every command that reads a checkpoint promises besides. */
public interface CheckpointCommandContract extends CommandContract {

    /** Arguments beside the location that let the command succeed. */
    List<String> arguments(Path checkpoint) throws IOException;

    @Override
    default List<String> positionals() {
        return List.of("A");
    }

    @Test
    default void saysInOneLineThatTheCheckpointIsMissing(@TempDir Path folder) throws IOException {
        assertUnreadable(folder.resolve("absent"), "absent");
    }

    @Test
    default void saysInOneLineThatTheFolderHoldsNoWeights(@TempDir Path folder) throws IOException {
        assertUnreadable(folder, "found none");
    }

    @Test
    default void saysInOneLineWhichTensorLies(@TempDir Path folder) throws IOException {
        byte[] header =
                "{\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,99]}}".getBytes(UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        Files.write(folder.resolve("model.safetensors"), file.array());

        assertUnreadable(folder, "model.safetensors: ", "model.norm.weight", "expected", "found");
    }

    @Test
    default void saysInOneLineThatASchemeIsNotKnown() throws IOException {
        Run run = onCheckpoint(Path.of("a"), "ftp://models.example/a");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).singleElement().asString().contains("ftp", "s3://");
    }

    @Test
    default void saysWhichSettingsObjectStorageNeeds() throws IOException {
        Run run = onCheckpoint(Path.of("a"), "s3://models/a");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .contains("FOREBEAR_S3_ACCESS_KEY", "FOREBEAR_S3_SECRET_KEY", "found none");
    }

    @Test
    default void printsOneJsonDocumentAndNothingElse() throws IOException {
        Path checkpoint = Zoo.folder("base-a");
        Run run = onCheckpoint(checkpoint, checkpoint.toString(), "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(onlyDocument(run.out()).isObject()).isTrue();
    }

    @Test
    default void plainResultHasNeitherColoursNorDrawings() throws IOException {
        Path checkpoint = Zoo.folder("base-a");
        Run run = onCheckpoint(checkpoint, checkpoint.toString(), "--plain");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isNotBlank().doesNotContain("\u001b", "─");
    }

    private void assertUnreadable(Path location, String... parts) throws IOException {
        Run run = onCheckpoint(location, location.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("forebear: ")
                .contains(parts);
    }

    private Run onCheckpoint(Path checkpoint, String location, String... more) throws IOException {
        var args = new ArrayList<String>();
        args.add(location);
        args.addAll(arguments(checkpoint));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static JsonNode onlyDocument(String text) throws IOException {
        try (JsonParser parser = new ObjectMapper().createParser(text)) {
            JsonNode document = parser.readValueAsTree();
            assertThat(parser.nextToken()).as("a second document").isNull();
            return document;
        }
    }
}
