package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.S3Access;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.hub.HubAccess;
import dev.forebear.checkpoint.storage.mlflow.MlflowAccess;
import dev.forebear.checkpoint.storage.oci.OciAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresTest {

    @TempDir
    private Path temporary;

    private Path models;
    private Path secrets;
    private Stores stores;

    @BeforeEach
    void makeFolders() throws IOException {
        models = Files.createDirectories(temporary.resolve("models"));
        secrets = Files.createDirectories(temporary.resolve("secrets"));
        Files.createDirectories(models.resolve("a"));
        stores = new Stores(StoresConfig.ofFolders(List.of(models)));
    }

    @Test
    void opensAFolderBelowAnAllowedOne() throws IOException {
        try (var storage = stores.open(models.resolve("a").toString())) {
            assertThat(storage.list()).isEmpty();
        }
    }

    @Test
    void opensAFolderWrittenAsAFileAddress() throws IOException {
        try (var storage = stores.open(models.resolve("a").toUri().toString())) {
            assertThat(storage.list()).isEmpty();
        }
    }

    @Test
    void refusesAFolderOutside() {
        assertFails(secrets.toString(), Reason.REFUSED, "found one outside");
    }

    @Test
    void refusesAPathThatClimbsOut() {
        assertFails(models + "/../secrets", Reason.REFUSED, "found one outside");
    }

    @Test
    void refusesALinkThatLeadsOut() throws IOException {
        Files.createSymbolicLink(models.resolve("link"), secrets);
        assertFails(models.resolve("link").toString(), Reason.REFUSED, "found a link to one outside");
    }

    @Test
    void refusesAPathThatIsNotAbsolute() {
        assertFails("models/a", Reason.REFUSED, "expected an absolute path");
    }

    @Test
    void aFolderThatIsNotThereYetIsMissing() {
        assertFails(models.resolve("later").toString(), Reason.MISSING, "found none");
    }

    @Test
    void refusesEveryFolderWhenNoneIsAllowed() {
        stores = new Stores(StoresConfig.ofFolders(List.of()));
        assertFails(models.toString(), Reason.REFUSED, "found one outside");
    }

    @Test
    void doesNotReadOtherSchemes() {
        assertFails("https://example.org/model", Reason.UNSUPPORTED, "found https://");
        assertFails("gs://models/a", Reason.UNSUPPORTED, "found gs://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf://org/model@main",
                "models:/helios/4",
                "runs:/0a1b/model",
                "mlflow-artifacts:/7/0a1b/artifacts/model"
            })
    void refusesStoresThatAreNotConfigured(String location) {
        assertFails(location, Reason.REFUSED, "none configured");
    }

    @Test
    void refusesRegistriesUnlessOneIsNamed() {
        assertFails(
                "oci://registry.example.com/models/helios:v4", Reason.REFUSED, "expected a registry that may be read");
    }

    @Test
    void refusesRepositoriesAndRegistriesThatAreNotListedBeforeAnyConnection() {
        var nobody = new HubAccess(URI.create("http://127.0.0.1:9"), null);
        stores = new Stores(new StoresConfig(
                new StoreAccess(null, nobody, null, OciAccess.ANONYMOUS),
                Set.of(),
                List.of(),
                new NamePrefixes(Set.of("org", "other/model")),
                new NamePrefixes(Set.of("registry.example.com/models"))));
        assertFails("hf://organisation/model", Reason.REFUSED, "found 'organisation/model'");
        assertFails("hf://other/model-2", Reason.REFUSED, "found 'other/model-2'");
        assertFails(
                "oci://registry.example.com/models-of-others/a", Reason.REFUSED, "found 'registry.example.com/models-");
        assertFails("oci://registry.example.com:5000/models/a", Reason.REFUSED, "found 'registry.example.com:5000/");
    }

    @Test
    void judgesWhereAnMlflowServerSaysThatItsModelsLie() throws IOException {
        try (var server = new TrackingServer(models.resolve("a").toUri().toString())) {
            var mlflow = new StoreAccess(null, null, new MlflowAccess(server.address(), null), null);
            stores = new Stores(
                    new StoresConfig(mlflow, Set.of(), List.of(models), NamePrefixes.NONE, NamePrefixes.NONE));
            try (var storage = stores.open("models:/helios/4")) {
                assertThat(storage.list()).isEmpty();
            }
            server.says(secrets.toString());
            assertFails("models:/helios/4", Reason.REFUSED, "found one outside");
            server.says("s3://payroll/2026");
            assertFails("models:/helios/4", Reason.REFUSED, "none configured");
            server.says("models:/helios/5");
            assertFails("models:/helios/4", Reason.MALFORMED, "found what has to be asked for");
        }
    }

    @Test
    void refusesS3WhenNoServerIsConfigured() {
        assertFails("s3://models/a/", Reason.REFUSED, "none configured");
    }

    @Test
    void refusesABucketThatIsNotListed() {
        var s3 = new S3Access(
                URI.create("http://127.0.0.1:9"), "key", new S3Access.SecretKey("secret"), S3Access.DEFAULT_REGION);
        stores = new Stores(new StoresConfig(
                StoreAccess.of(s3), Set.of("models"), List.of(), NamePrefixes.NONE, NamePrefixes.NONE));
        assertFails("s3://payroll/2026/", Reason.REFUSED, "found 'payroll'");
        assertFails("s3://MODELS/a/", Reason.MALFORMED, "lower-case");
    }

    private void assertFails(String location, Reason reason, String message) {
        assertThatThrownBy(() -> stores.open(location))
                .isInstanceOfSatisfying(
                        CheckpointException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
