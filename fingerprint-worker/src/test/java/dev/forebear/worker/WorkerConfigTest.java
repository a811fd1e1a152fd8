package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.storage.S3Access;
import dev.forebear.checkpoint.storage.StoreAccess;
import dev.forebear.checkpoint.storage.http.Authorization;
import dev.forebear.checkpoint.storage.hub.HubAccess;
import dev.forebear.checkpoint.storage.mlflow.MlflowAccess;
import dev.forebear.checkpoint.storage.oci.OciAccess;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkerConfigTest {

    @Test
    void defaultsToThisMachineWithoutStores() {
        assertThat(read(Map.of()))
                .isEqualTo(WorkerConfig.of(
                        KafkaConfig.of("localhost:9092"),
                        SchemaRegistryConfig.of(URI.create("http://localhost:8081")),
                        new ListenAddress("127.0.0.1", 8091),
                        new StoresConfig(
                                new StoreAccess(null, null, null, OciAccess.ANONYMOUS),
                                Set.of(),
                                List.of(),
                                NamePrefixes.NONE,
                                NamePrefixes.NONE)));
        WorkerConfig config = read(Map.of());
        assertThat(config.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.bufferedUploads()).isEqualTo(1000);
        assertThat(config.retries().deadline()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.retries().arrivalGrace()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void readsEveryVariable() {
        WorkerConfig config = read(Map.ofEntries(
                Map.entry("FOREBEAR_KAFKA", "kafka:9092"),
                Map.entry("FOREBEAR_TOPIC_PREFIX", "prod."),
                Map.entry("FOREBEAR_SCHEMA_REGISTRY", "http://registry:8080"),
                Map.entry("FOREBEAR_LISTEN", "0.0.0.0:8091"),
                Map.entry("FOREBEAR_S3_ENDPOINT", "https://s3.example.org"),
                Map.entry("FOREBEAR_S3_ACCESS_KEY", "reader"),
                Map.entry("FOREBEAR_S3_SECRET_KEY", "hush"),
                Map.entry("FOREBEAR_S3_REGION", "eu-central-1"),
                Map.entry("FOREBEAR_S3_BUCKETS", "models, archive"),
                Map.entry("FOREBEAR_FOLDERS", "/srv/models,/mnt/hub"),
                Map.entry("HF_ENDPOINT", "https://hub.example.org"),
                Map.entry("HF_TOKEN", "hush"),
                Map.entry("FOREBEAR_HF_REPOSITORIES", "org, other/model"),
                Map.entry("MLFLOW_TRACKING_URI", "https://mlflow.example.org"),
                Map.entry("MLFLOW_TRACKING_USERNAME", "ml"),
                Map.entry("MLFLOW_TRACKING_PASSWORD", "hush"),
                Map.entry("FOREBEAR_OCI_REGISTRIES", "registry:5000/models"),
                Map.entry("FOREBEAR_OCI_PLAIN_HTTP", "registry:5000"),
                Map.entry("FOREBEAR_OCI_HOST", "registry:5000"),
                Map.entry("FOREBEAR_OCI_USERNAME", "puller"),
                Map.entry("FOREBEAR_OCI_PASSWORD", "hush"),
                Map.entry("FOREBEAR_WORKERS", "3"),
                Map.entry("FOREBEAR_BUFFERED_UPLOADS", "40"),
                Map.entry("FOREBEAR_RETRY_DEADLINE", "1h"),
                Map.entry("FOREBEAR_ARRIVAL_GRACE", "10m")));
        assertThat(config.kafka()).isEqualTo(new KafkaConfig("kafka:9092", "prod.", Map.of()));
        assertThat(config.listen()).isEqualTo(new ListenAddress("0.0.0.0", 8091));
        assertThat(config.stores())
                .isEqualTo(new StoresConfig(
                        new StoreAccess(
                                new S3Access(
                                        URI.create("https://s3.example.org"),
                                        "reader",
                                        new S3Access.SecretKey("hush"),
                                        "eu-central-1"),
                                new HubAccess(URI.create("https://hub.example.org"), Authorization.bearer("hush")),
                                new MlflowAccess(
                                        URI.create("https://mlflow.example.org"), Authorization.basic("ml", "hush")),
                                new OciAccess(
                                        Map.of("registry:5000", Authorization.basic("puller", "hush")),
                                        Set.of("registry:5000"))),
                        Set.of("models", "archive"),
                        List.of(Path.of("/srv/models"), Path.of("/mnt/hub")),
                        new NamePrefixes(Set.of("org", "other/model")),
                        new NamePrefixes(Set.of("registry:5000/models"))));
        assertThat(config.workers()).isEqualTo(3);
        assertThat(config.bufferedUploads()).isEqualTo(40);
        assertThat(config.retries().deadline()).isEqualTo(Duration.ofHours(1));
        assertThat(config.retries().arrivalGrace()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.toString()).doesNotContain("hush");
    }

    @Test
    void reportsEveryProblemAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "FOREBEAR_WORKERS", "0",
                        "FOREBEAR_BUFFERED_UPLOADS", "many",
                        "FOREBEAR_S3_ACCESS_KEY", "reader",
                        "FOREBEAR_FOLDERS", "models",
                        "HF_ENDPOINT", "ftp://hub.example.org",
                        "MLFLOW_TRACKING_URI", "mlruns",
                        "FOREBEAR_OCI_HOST", "registry:5000",
                        "DOCKER_CONFIG", "/nowhere",
                        "FOREBEAR_ARRIVAL_GRACE", "soon")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(9)
                                .anyMatch(line -> line.startsWith("HF_ENDPOINT: expected http://host"))
                                .anyMatch(line -> line.startsWith("MLFLOW_TRACKING_URI: expected http://host"))
                                .anyMatch(line -> line.startsWith("FOREBEAR_OCI_HOST, FOREBEAR_OCI_USERNAME: expected"))
                                .anyMatch(line -> line.startsWith("DOCKER_CONFIG: expected a folder"))
                                .anyMatch(line ->
                                        line.startsWith("FOREBEAR_WORKERS: expected a whole number from 1 to 256"))
                                .anyMatch(line -> line.startsWith(
                                        "FOREBEAR_S3_ACCESS_KEY, FOREBEAR_S3_SECRET_KEY: expected both"))
                                .anyMatch(line -> line.startsWith("FOREBEAR_FOLDERS: expected absolute paths")));
    }

    private static WorkerConfig read(Map<String, String> variables) {
        return new Environment(variables).read(WorkerConfig::fromEnvironment);
    }
}
