package dev.forebear.checkpoint.storage.oci;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageLocation.RegistryImage;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.http.Authorization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciRegistryTest {

    private static final String WEIGHTS = "application/vnd.cncf.model.weight.v1.raw";
    private static final String SETTINGS = "application/vnd.cncf.model.weight.config.v1.raw";
    private static final byte[] CONTENT = random(100_000);

    private RegistryServer server;
    private Image image;

    @BeforeEach
    void startServer() throws IOException {
        server = new RegistryServer();
        image = new Image().file(WEIGHTS, "model.safetensors", CONTENT).file(SETTINGS, "config.json", "{}".getBytes());
        server.push("v4", image);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private Storage storage(String reference, Map<String, Authorization> credentials) {
        return OciStorage.registry(
                new OciAccess(credentials, Set.of()),
                new RegistryImage(server.registry().authority(), "models/helios", reference),
                new Backoff(3, Duration.ofMillis(1)));
    }

    private static StoredFile layer(String name, byte[] content) {
        String sha256 = Image.hex(Image.digest(content));
        return new StoredFile(name, content.length, sha256, sha256);
    }

    private Storage storage(String reference) {
        return storage(reference, Map.of(server.registry().authority(), RegistryServer.ACCOUNT));
    }

    @Test
    void readsRangesOfLayersWithATokenForTheRegistryOnly() throws IOException {
        try (Storage storage = storage("v4")) {
            assertThat(storage.list())
                    .containsExactly(layer("config.json", "{}".getBytes()), layer("model.safetensors", CONTENT));
            ByteSource source = storage.open("model.safetensors");
            var target = ByteBuffer.allocate(500);
            source.read(700, target);
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(CONTENT, 700, 500));
            assertThat(source.readAll(CONTENT.length)).isEqualTo(CONTENT);
        }
        assertThat(server.authority().asked()).hasSize(1);
        assertThat(server.store().asked())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.authorization()).isNull());
        assertThat(server.registry().asked())
                .noneMatch(asked -> String.valueOf(asked.authorization()).startsWith("Basic"));
    }

    @Test
    void asksForAnotherTokenWhenOneExpired() throws IOException {
        try (Storage storage = storage("v4")) {
            storage.list();
            server.expireTokens();
            storage.open("model.safetensors").read(0, ByteBuffer.allocate(10));
        }
        assertThat(server.authority().asked()).hasSize(2);
    }

    @Test
    void provesWhoAsksWithAPasswordWhereARegistryWantsOne() throws IOException {
        server.challenges("Basic realm=\"models\"");
        try (Storage storage = storage("v4")) {
            assertThat(storage.list()).hasSize(2);
        }
    }

    @Test
    void isRefusedWithoutAnAccount() throws IOException {
        try (Storage storage = storage("v4", Map.of("elsewhere:5000", RegistryServer.ACCOUNT))) {
            assertRefused(storage::list, Reason.REFUSED, "needs credentials, found 401");
        }
        assertThat(server.authority().asked())
                .allSatisfy(asked -> assertThat(asked.authorization()).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer service=\"x\"",
                "Bearer realm=\"file:///etc/passwd\"",
                "Bearer realm=\"http://169.254.169.254/\"",
                "Negotiate"
            })
    void asksNobodyThatIsNoAuthority(String challenge) throws IOException {
        server.challenges(challenge);
        try (Storage storage = storage("v4")) {
            assertThat(storage)
                    .satisfies(refused -> assertRefused(
                            refused::list,
                            challenge.contains("169") || challenge.startsWith("N") ? Reason.REFUSED : Reason.MALFORMED,
                            "expected"));
        }
    }

    @Test
    void missesWhatIsNotThere() throws IOException {
        try (Storage storage = storage("v5")) {
            assertRefused(storage::list, Reason.MISSING, "expected it to be there, found 404");
        }
    }

    @Test
    void readsByDigestThroughAnIndex() throws IOException {
        byte[] index = Image.index(image.manifest());
        server.push("all", index);
        try (Storage storage = storage(Image.digest(index))) {
            assertThat(storage.list()).hasSize(2);
        }
    }

    @Test
    void readsOneModelAtATime() throws IOException {
        byte[] other = new Image().file(WEIGHTS, "a.gguf", new byte[1]).manifest();
        server.push("all", Image.index(image.manifest(), other));
        try (Storage storage = storage("all")) {
            assertRefused(storage::list, Reason.UNSUPPORTED, "expected one model, found 2; name one by its digest");
        }
    }

    @Test
    void followsNoEndOfIndexes() throws IOException {
        byte[] document = image.manifest();
        for (int i = 0; i < 5; i++) {
            document = Image.index(document);
            server.push("deep", document);
        }
        try (Storage storage = storage("deep")) {
            assertRefused(storage::list, Reason.MALFORMED, "expected at most 3 indexes in each other");
        }
    }

    @Test
    void holdsDocumentsAndSmallFilesAgainstTheirDigests() throws IOException {
        server.forge(Image.digest("{}".getBytes()), "[]".getBytes());
        try (Storage storage = storage("v4")) {
            ByteSource source = storage.open("config.json");
            assertRefused(() -> source.readAll(10), Reason.CHANGED, "expected the digest sha256:");
        }
        server.forge(Image.digest(image.manifest()), new Image().manifest());
        try (Storage storage = storage(Image.digest(image.manifest()))) {
            assertRefused(storage::list, Reason.CHANGED, "manifest: expected sha256:");
        }
    }

    @Test
    void noticesALayerOfAnotherSize() throws IOException {
        server.forge(Image.digest(CONTENT), new byte[CONTENT.length + 1]);
        try (Storage storage = storage("v4")) {
            ByteSource source = storage.open("model.safetensors");
            assertRefused(
                    () -> source.read(0, ByteBuffer.allocate(10)),
                    Reason.CHANGED,
                    "expected 100000 bytes, found 100001");
        }
    }

    @Test
    void readsTheAccountsOfDockerLogin(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), """
            {"auths": {"https://index.docker.io/v1/": {"auth": "cHVsbGVyOmh1c2g="}, "ghcr.io": {},
             "registry:5000": {"auth": "cHVsbGVyOmh1c2g="}}, "credsStore": "desktop"}\
            """);
        assertThat(DockerConfig.credentials(folder))
                .isEqualTo(Map.of("index.docker.io", RegistryServer.ACCOUNT, "registry:5000", RegistryServer.ACCOUNT));
        var access = new OciAccess(DockerConfig.credentials(folder), Set.of());
        assertThat(access.account("docker.io")).isEqualTo(RegistryServer.ACCOUNT);
        assertThat(access.account("ghcr.io")).isNull();
    }

    private static byte[] random(int size) {
        var content = new byte[size];
        new Random(5).nextBytes(content);
        return content;
    }
}
