package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.S3Access;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        stores = new Stores(new StoresConfig(null, Set.of(), List.of(models)));
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
        stores = new Stores(new StoresConfig(null, Set.of(), List.of()));
        assertFails(models.toString(), Reason.REFUSED, "found one outside");
    }

    @Test
    void doesNotReadOtherSchemes() {
        assertFails("https://example.org/model", Reason.UNSUPPORTED, "found https://");
        assertFails("hf://org/model@main", Reason.UNSUPPORTED, "found hf://");
    }

    @Test
    void refusesS3WhenNoServerIsConfigured() {
        assertFails("s3://models/a/", Reason.REFUSED, "none configured");
    }

    @Test
    void refusesABucketThatIsNotListed() {
        var s3 = new S3Access(
                URI.create("http://127.0.0.1:9"), "key", new S3Access.SecretKey("secret"), S3Access.DEFAULT_REGION);
        stores = new Stores(new StoresConfig(s3, Set.of("models"), List.of()));
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
