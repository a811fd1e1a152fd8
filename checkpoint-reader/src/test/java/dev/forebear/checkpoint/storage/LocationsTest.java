package dev.forebear.checkpoint.storage;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

    private final Locations locations = new Locations(Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "s3://models/org/name, models, org/name",
        "s3://models/org/name/, models, org/name",
        "S3://models, models, ''",
        "s3://models/, models, ''"
    })
    void parsesBuckets(String text, String bucket, String prefix) throws IOException {
        assertThat(StorageLocation.parse(text)).isEqualTo(new StorageLocation.Bucket(bucket, prefix));
    }

    @ParameterizedTest
    @CsvSource({"models/a, models/a", "/models/a, /models/a", "file:///models/a, /models/a", "file:/models/a, /models/a"
    })
    void parsesPaths(String text, String path) throws IOException {
        assertThat(StorageLocation.parse(text)).isEqualTo(new StorageLocation.Local(Path.of(path)));
    }

    @ParameterizedTest
    @CsvSource({"hf://org/name@main, hf", "https://example.org/model, https", "gs://bucket/x, gs"})
    void namesSchemesThatItDoesNotKnow(String text, String scheme) {
        assertRefused(() -> locations.open(text), Reason.UNSUPPORTED, "found " + scheme + "://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://", "s3:///prefix", "s3://Bucket/x", "s3://a..", "file://host/x", "a\0b"})
    void refusesWhatIsNoLocation(String text) {
        assertRefused(() -> locations.open(text), Reason.MALFORMED, "expected a location");
    }

    @Test
    void refusesBucketsWithoutAccess() {
        assertRefused(() -> locations.open("s3://models/a"), Reason.REFUSED, "none configured");
    }

    @Test
    void opensOneFileWithItsDescriptions(@TempDir Path folder) throws IOException {
        Path model = Zoo.FOLDER.resolve("base-a");
        for (String name : new String[] {"model.safetensors", "config.json", "tokenizer.json", "README.md"}) {
            Files.copy(model.resolve(name), folder.resolve(name));
        }
        Files.write(folder.resolve("broken.safetensors"), new byte[3]);
        String file = folder.resolve("model.safetensors").toString();
        try (Checkpoint checkpoint = Checkpoint.open(locations.open(file))) {
            assertThat(checkpoint.location()).isEqualTo(file);
            assertThat(checkpoint.transformer().layers()).hasSize(4);
            assertThat(checkpoint.tokenizer()).isNotNull();
        }
        assertRefused(
                () -> Checkpoint.open(
                        locations.open(folder.resolve("broken.safetensors").toString())),
                Reason.MALFORMED,
                "header length");
    }

    @Test
    void opensOneFileUnderAnyName(@TempDir Path folder) throws IOException {
        Files.copy(Zoo.FOLDER.resolve("base-a/model.safetensors"), folder.resolve("weights.safetensors"));
        try (Checkpoint checkpoint = Checkpoint.open(
                locations.open(folder.resolve("weights.safetensors").toString()))) {
            assertThat(checkpoint.tensors()).hasSize(38);
            assertThat(checkpoint.tokenizer()).isNull();
            assertThat(checkpoint.card()).isNull();
            assertRefused(checkpoint::config, Reason.MISSING, "config.json");
        }
    }

    @Test
    void missesAbsentFile(@TempDir Path folder) {
        assertRefused(
                () -> Checkpoint.open(locations.open(folder + "/absent.safetensors")),
                Reason.MISSING,
                "absent.safetensors");
    }
}
