package dev.forebear.checkpoint.storage;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Zoo;
import dev.forebear.checkpoint.storage.StorageLocation.HubModel;
import dev.forebear.checkpoint.storage.StorageLocation.LoggedModel;
import dev.forebear.checkpoint.storage.StorageLocation.RegisteredModel;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.StorageLocation.RunArtifacts;
import dev.forebear.checkpoint.storage.StorageLocation.ServedArtifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

    private final Locations locations = new Locations(StoreAccess.NONE, Locations.Rule.ANY);

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

    @Test
    void refusesLocationsOfAbsurdLength() {
        assertRefused(
                () -> StorageLocation.parse("s3://bucket/x" + "/".repeat(1_000_000) + "x"),
                Reason.MALFORMED,
                "expected a location of at most 4096 characters, found 1000014");
    }

    @ParameterizedTest
    @CsvSource({"https://example.org/model, https", "gs://bucket/x, gs"})
    void namesSchemesThatItDoesNotKnow(String text, String scheme) {
        assertRefused(() -> locations.open(text), Reason.UNSUPPORTED, "found " + scheme + "://");
    }

    @ParameterizedTest
    @CsvSource({
        "hf://org/name, org/name, main, ''",
        "hf://gpt2, gpt2, main, ''",
        "hf://org/name@2b38059c, org/name, 2b38059c, ''",
        "hf://org/name@refs/pr/3/sub, org/name, refs/pr/3, sub",
        "hf://org/name@feature%2Fx, org/name, feature/x, ''",
        "hf://org/name/model.gguf, org/name, main, model.gguf",
        "hf://org/name@v1.0/a/b/, org/name, v1.0, a/b"
    })
    void parsesModelsOfAHub(String text, String id, String revision, String path) throws IOException {
        assertThat(StorageLocation.parse(text)).isEqualTo(new HubModel(id, revision, path));
    }

    @ParameterizedTest
    @CsvSource({
        "oci://ghcr.io/org/model, ghcr.io, org/model, latest",
        "oci://localhost:5000/model:v1.0, localhost:5000, model, v1.0",
        "oci://[::1]:5000/a/b__c-d:x, [::1]:5000, a/b__c-d, x"
    })
    void parsesImagesOfARegistry(String text, String registry, String repository, String reference) throws IOException {
        assertThat(StorageLocation.parse(text)).isEqualTo(new RegistryImage(registry, repository, reference));
    }

    @Test
    void parsesImagesByDigestWhateverTheirTag() throws IOException {
        String digest = "sha256:" + "ab".repeat(32);
        assertThat(StorageLocation.parse("oci://ghcr.io/org/model:v1@" + digest))
                .isEqualTo(new RegistryImage("ghcr.io", "org/model", digest))
                .hasToString("oci://ghcr.io/org/model@" + digest);
    }

    @Test
    void parsesWhatMlflowCallsItsModels() throws IOException {
        assertThat(StorageLocation.parse("models:/helios 7b/4")).isEqualTo(new RegisteredModel("helios 7b", "4"));
        assertThat(StorageLocation.parse("models:/helios@champion"))
                .isEqualTo(new RegisteredModel("helios", "@champion"))
                .hasToString("models:/helios@champion");
        assertThat(StorageLocation.parse("models:/m-5c1d0e/data")).isEqualTo(new LoggedModel("m-5c1d0e", "data"));
        assertThat(StorageLocation.parse("runs:/2f3e/model")).isEqualTo(new RunArtifacts("2f3e", "model"));
        assertThat(StorageLocation.parse("mlflow-artifacts:/7/2f3e/artifacts/"))
                .isEqualTo(new ServedArtifacts("", "7/2f3e/artifacts"));
        assertThat(StorageLocation.parse("mlflow-artifacts://mlflow:5000/7/2f3e"))
                .isEqualTo(new ServedArtifacts("mlflow:5000", "7/2f3e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf://datasets/org/name", "hf://spaces/org/name", "hf://datasets"})
    void readsNoDatasetsOrSpaces(String text) {
        assertRefused(() -> locations.open(text), Reason.UNSUPPORTED, "expected a model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf://org/name/../../other/secret",
                "hf://../name",
                "hf://org/name@main/a/../b",
                "runs:/2f3e/../../x",
                "mlflow-artifacts:/a/./b",
                "models:/m-5c1d0e/../x"
            })
    void refusesLocationsThatLeadOutside(String text) {
        assertRefused(() -> locations.open(text), Reason.REFUSED, "leads out of the checkpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf://",
                "hf:///name",
                "hf://org/name@",
                "hf://org/na me",
                "hf://user:token@host/name",
                "hf://org/name@main?x=1",
                "oci://ghcr.io",
                "oci://ghcr.io/Org/model",
                "oci://ghcr.io/org//model",
                "oci://ghcr.io/org/../model",
                "oci://user@ghcr.io/org/model",
                "oci://ghcr.io/org/model@sha256:00",
                "oci://ghcr.io:port/org/model",
                "models:/helios",
                "models:/helios/Production",
                "models:/helios/4/data",
                "models:/@champion",
                "runs:/",
                "runs:/a b/model",
                "mlflow-artifacts://user@host/x"
            })
    void refusesWhatIsNoRemoteLocation(String text) {
        assertRefused(() -> locations.open(text), Reason.MALFORMED, "expected a location");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf://org/name", "oci://ghcr.io/org/model", "models:/m-5c1d0e", "mlflow-artifacts:/7"})
    void refusesStoresWithoutAccess(String text) {
        assertRefused(() -> locations.open(text), Reason.REFUSED, "none configured");
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
            assertThat(checkpoint.declarations().bases()).isEmpty();
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
