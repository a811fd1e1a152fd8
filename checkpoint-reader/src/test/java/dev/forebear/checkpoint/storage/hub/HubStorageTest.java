package dev.forebear.checkpoint.storage.hub;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Locations;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageContract;
import dev.forebear.checkpoint.storage.StorageLocation.HubModel;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.http.Authorization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubStorageTest implements StorageContract {

    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(1));

    private HubServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new HubServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    public Storage storage() {
        return storage("main", "", HubServer.TOKEN);
    }

    private Storage storage(String revision, String path, @Nullable String token) {
        var access = new HubAccess(server.address(), token == null ? null : Authorization.bearer(token));
        return new HubStorage(access, new HubModel("org/model", revision, path), QUICK);
    }

    @Override
    public void put(String name, byte[] content) {
        server.put(name, content);
    }

    @Test
    void opensFilesWithoutAskingAndReadsLargeOnesWhereTheyLie() throws IOException {
        server.putLarge("model.safetensors", new byte[1000]);
        server.put("config.json", new byte[2]);
        server.put("README.md", new byte[3]);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            storage.open("config.json");
            assertThat(storage.totals().requests()).isEqualTo(3); // The commit, and two pages of files.
            source.read(0, ByteBuffer.allocate(10));
            source.read(500, ByteBuffer.allocate(10));
            assertThat(storage.totals().requests()).isEqualTo(3 + 3);
            assertThat(server.store().asked())
                    .hasSize(2)
                    .allSatisfy(asked -> assertThat(asked.authorization()).isNull());
        }
    }

    @Test
    void asksForANewAddressWhenASignatureExpired() throws IOException {
        server.putLarge("model.safetensors", new byte[1000]);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            source.read(0, ByteBuffer.allocate(10));
            server.expireSignatures();
            source.read(500, ByteBuffer.allocate(10));
            assertThat(server.store().asked()).hasSize(3);
        }
    }

    @Test
    void namesTheContentOfAFileByTheDigestOfTheHub() throws IOException {
        server.putLarge("model.safetensors", "abc".getBytes());
        server.put("config.json", "{}".getBytes());
        try (Storage storage = storage()) {
            assertThat(storage.list())
                    .containsExactly(
                            new StoredFile("config.json", 2, "9e26dfeeb6e641a33dae4961196235bdb965b21b"),
                            new StoredFile(
                                    "model.safetensors",
                                    3,
                                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                                    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
            assertThat(storage.open("config.json").readAll(2)).asString().isEqualTo("{}");
            assertThat(storage.open("model.safetensors").readAll(3)).asString().isEqualTo("abc");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-Repo-Commit, 0000000000000000000000000000000000000000",
        "X-Linked-Size, 999",
        "X-Linked-ETag, W/\"0000\""
    })
    void noticesThatAFileIsAnotherOne(String header, String value) throws IOException {
        server.putLarge("model.safetensors", new byte[1000]);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            server.lies(header, value);
            assertRefused(() -> source.read(0, ByteBuffer.allocate(10)), Reason.CHANGED, header + ": expected");
            assertThat(server.store().asked()).isEmpty();
        }
    }

    @Test
    void readsAFolderOfARepository() throws IOException {
        server.put("sub/config.json", new byte[2]);
        server.put("subway/config.json", new byte[3]);
        try (Storage storage = storage("refs/pr/3", "sub", HubServer.TOKEN)) {
            assertThat(storage.list()).extracting(StoredFile::name).containsExactly("config.json");
            assertThat(storage.open("config.json").size()).isEqualTo(2);
            assertThat(storage.location()).isEqualTo("hf://org/model@refs/pr/3/sub");
        }
    }

    @Test
    void opensOneFileOfARepository() throws IOException {
        server.putLarge("small.gguf", new byte[10]);
        server.putLarge("other.gguf", new byte[20]);
        var access = new HubAccess(server.address(), Authorization.bearer(HubServer.TOKEN));
        var locations = new Locations(new StoreAccess(null, access, null, null), Locations.Rule.ANY);
        try (Storage storage = locations.open("hf://org/model/small.gguf")) {
            assertThat(storage.list()).extracting(StoredFile::name).containsExactly("small.gguf");
        }
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        try (Storage stranger = storage("main", "", null)) {
            assertRefused(stranger::list, Reason.MISSING, "missing, or private and no HF_TOKEN is set");
        }
        try (Storage other = storage("main", "", "hf_other")) {
            assertRefused(other::list, Reason.MISSING, "private and the account of HF_TOKEN does not see it");
        }
        try (Storage storage = storage("v9", "", HubServer.TOKEN)) {
            assertRefused(storage::list, Reason.MISSING, "hf://org/model@v9: expected this revision, found none");
        }
        server.refuses("GatedRepo");
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.REFUSED, "gated: its terms have to be accepted");
        }
    }

    @Test
    void followsNoPageToAnotherServer() throws IOException {
        for (int i = 0; i < 3; i++) {
            server.put(i + ".json", new byte[1]);
        }
        server.pagesAt(server.store().address() + "/steal");
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.REFUSED, "expected the next page at 127.0.0.1, found it elsewhere");
            assertThat(server.store().asked()).isEmpty();
        }
    }

    @Test
    void followsNoEndOfPages() throws IOException {
        for (int i = 0; i < 3; i++) {
            server.put(i + ".json", new byte[1]);
        }
        server.pagesAt("?recursive=true&cursor=0");
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.MALFORMED, "expected it listed once, found it twice");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../config.json", "/etc/passwd", "a/../../b", "a\\b"})
    void refusesListedNamesThatLeadOutside(String path) throws IOException {
        server.put(path, new byte[1]);
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.REFUSED, "expected a relative file name");
        }
    }

    @Test
    void showsNoToken() {
        var access = new HubAccess(server.address(), Authorization.bearer(HubServer.TOKEN));
        assertThat(access.toString()).contains("token=***").doesNotContain(HubServer.TOKEN);
    }
}
