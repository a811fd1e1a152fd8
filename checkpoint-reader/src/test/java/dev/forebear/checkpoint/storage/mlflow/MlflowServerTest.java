package dev.forebear.checkpoint.storage.mlflow;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.Locations;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StorageContract;
import dev.forebear.checkpoint.storage.StorageLocation;
import dev.forebear.checkpoint.storage.StorageLocation.ServedArtifacts;
import dev.forebear.checkpoint.storage.StorageLocation.Tracked;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.StoredFile;
import dev.forebear.checkpoint.storage.http.Authorization;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowServerTest implements StorageContract {

    private static final Authorization ACCOUNT = Authorization.basic("ml", "hush");

    private TrackingServer server;
    private MlflowServer client;

    @BeforeEach
    void startServer() throws IOException {
        server = new TrackingServer(ACCOUNT);
        client = client(ACCOUNT);
    }

    private MlflowServer client(Authorization account) {
        return new MlflowServer(new MlflowAccess(server.address(), account), new Backoff(3, Duration.ofMillis(1)));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    public Storage storage() throws IOException {
        return client.open(new ServedArtifacts("", "7/2f3e/artifacts"));
    }

    @Override
    public void put(String name, byte[] content) {
        server.put("7/2f3e/artifacts/" + name, content);
    }

    @ParameterizedTest
    @CsvSource({
        "models:/helios/4, s3://ml-artifacts/7/2f3e/artifacts/model",
        "models:/helios@champion, s3://ml-artifacts/7/2f3e/artifacts/model",
        "models:/m-5c1d/data, mlflow-artifacts:/7/models/m-5c1d/artifacts/data",
        "runs:/2f3e/model, file:///srv/mlruns/7/2f3e/artifacts/model",
        "runs:/2f3e, file:///srv/mlruns/7/2f3e/artifacts"
    })
    void asksWhereModelsLie(String reference, String location) throws IOException {
        server.answers("/model-versions/get-download-uri?name=helios&version=4", """
            {"artifact_uri": "s3://ml-artifacts/7/2f3e/artifacts/model"}\
            """);
        server.answers("/registered-models/alias?name=helios&alias=champion", """
            {"model_version": {"name": "helios", "version": "4"}}\
            """);
        server.answers("/logged-models/m-5c1d", """
            {"model": {"info": {"artifact_uri": "mlflow-artifacts:/7/models/m-5c1d/artifacts"}}}\
            """);
        server.answers("/runs/get?run_id=2f3e", """
            {"run": {"info": {"artifact_uri": "file:///srv/mlruns/7/2f3e/artifacts"}}}\
            """);
        assertThat(client.locate((Tracked) StorageLocation.parse(reference))).isEqualTo(location);
    }

    @Test
    void takesItsOwnAddressForWhatItHandsOut() throws IOException {
        server.answers("/runs/get?run_id=2f3e", """
            {"run": {"info": {"artifact_uri": "%s/api/2.0/mlflow-artifacts/artifacts/7/2f3e"}}}\
            """.formatted(server.address()));
        assertThat(client.locate((Tracked) StorageLocation.parse("runs:/2f3e/model")))
                .isEqualTo("mlflow-artifacts:/7/2f3e/model");
    }

    @Test
    void opensAModelFromTheFolderThatItsWeightsLieIn(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("model"));
        Files.createDirectories(folder.resolve("components/tokenizer"));
        for (String name : new String[] {
            "MLmodel", "model/model.safetensors", "model/config.json", "components/tokenizer/tokenizer.json"
        }) {
            Files.write(folder.resolve(name), new byte[1]);
        }
        server.answers("/runs/get?run_id=2f3e", """
            {"run": {"info": {"artifact_uri": "%s"}}}\
            """.formatted(folder.toUri()));
        var access = new StoreAccess(null, null, new MlflowAccess(server.address(), ACCOUNT), null);
        try (Storage storage = new Locations(access, Locations.Rule.ANY).open("runs:/2f3e")) {
            assertThat(storage.list())
                    .extracting(StoredFile::name)
                    .containsExactly("MLmodel", "config.json", "model.safetensors", "tokenizer.json");
            assertThat(storage.open("tokenizer.json").readAll(1)).hasSize(1);
        }
    }

    @Test
    void saysWhatIsMissing() {
        assertRefused(() -> locate("models:/helios/9"), Reason.MISSING, "models:/helios/9: expected it to be there");
        server.answers("/runs/get?run_id=2f3e", "{\"run\": {}}");
        assertRefused(() -> locate("runs:/2f3e"), Reason.MALFORMED, "artifact_uri: expected a text, found none");
        client = client(Authorization.bearer("other"));
        assertRefused(() -> locate("runs:/2f3e"), Reason.REFUSED, "needs credentials, found 401");
    }

    private String locate(String reference) throws IOException {
        return client.locate((Tracked) StorageLocation.parse(reference));
    }

    @Test
    void readsArtifactsOfNoOtherServer() {
        assertRefused(
                () -> client.open(new ServedArtifacts("elsewhere:5000", "7")),
                Reason.REFUSED,
                "expected the server of MLFLOW_TRACKING_URI");
    }

    @Test
    void readsSmallFilesOnlyFromAServerThatIgnoresRanges() throws IOException {
        put("config.json", new byte[100]);
        put("model.safetensors", new byte[(8 << 20) + 1]);
        server.ignoresRanges();
        try (Storage storage = storage()) {
            storage.open("config.json").read(10, ByteBuffer.allocate(5));
            ByteSource large = storage.open("model.safetensors");
            assertRefused(() -> large.read(10, ByteBuffer.allocate(5)), Reason.REFUSED, "it ignores ranges");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a\\b", "", "a\u0007"})
    void refusesListedNamesThatLeadOutside(String name) throws IOException {
        server.lists("[{\"path\": \"%s\", \"is_dir\": true}]"
                .formatted(name.replace("\\", "\\\\").replace("\u0007", "\\u0007")));
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.REFUSED, "expected a relative file name");
        }
    }

    @Test
    void followsNoEndOfFolders() throws IOException {
        server.lists("[{\"path\": \"deeper\", \"is_dir\": true}]");
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.REFUSED, "expected at most 200 folders");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"many\"", "1e99", "null"})
    void refusesSizesThatAreNone(String size) throws IOException {
        server.lists("[{\"path\": \"a\", \"is_dir\": false, \"file_size\": %s}]".formatted(size));
        try (Storage storage = storage()) {
            assertRefused(storage::list, Reason.MALFORMED, "file_size: expected bytes");
        }
    }
}
