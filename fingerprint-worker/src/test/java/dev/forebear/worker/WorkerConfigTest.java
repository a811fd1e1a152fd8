package dev.forebear.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.storage.S3Access;
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
                        new StoresConfig(null, Set.of(), List.of())));
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
                Map.entry("FOREBEAR_WORKERS", "3"),
                Map.entry("FOREBEAR_BUFFERED_UPLOADS", "40"),
                Map.entry("FOREBEAR_RETRY_DEADLINE", "1h"),
                Map.entry("FOREBEAR_ARRIVAL_GRACE", "10m")));
        assertThat(config.kafka()).isEqualTo(new KafkaConfig("kafka:9092", "prod.", Map.of()));
        assertThat(config.listen()).isEqualTo(new ListenAddress("0.0.0.0", 8091));
        assertThat(config.stores())
                .isEqualTo(new StoresConfig(
                        new S3Access(
                                URI.create("https://s3.example.org"),
                                "reader",
                                new S3Access.SecretKey("hush"),
                                "eu-central-1"),
                        Set.of("models", "archive"),
                        List.of(Path.of("/srv/models"), Path.of("/mnt/hub"))));
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
                        "FOREBEAR_ARRIVAL_GRACE", "soon")))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .hasSize(5)
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
