package dev.forebear.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestConfigTest {

    @TempDir
    private Path folder;

    @Test
    void needsNothingButTheFileOfRegistries() throws Exception {
        var config = new Environment(Map.of("FOREBEAR_REGISTRIES", registries())).read(IngestConfig::fromEnvironment);

        assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.listen()).isEqualTo(new ListenAddress("127.0.0.1", 8090));
        assertThat(config.deliveryTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.registrations())
                .singleElement()
                .satisfies(r -> assertThat(r.alias()).isEqualTo("hub"));
    }

    @Test
    void takesEveryVariable() throws Exception {
        var config = new Environment(Map.of(
                        "FOREBEAR_REGISTRIES", registries(),
                        "FOREBEAR_LISTEN", "0.0.0.0:80",
                        "FOREBEAR_DELIVERY_TIMEOUT", "2s",
                        "FOREBEAR_KAFKA", "broker:9092",
                        "FOREBEAR_TOPIC_PREFIX", "forebear."))
                .read(IngestConfig::fromEnvironment);

        assertThat(config.listen()).isEqualTo(new ListenAddress("0.0.0.0", 80));
        assertThat(config.deliveryTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.kafka().bootstrapServers()).isEqualTo("broker:9092");
        assertThat(config.kafka().topicPrefix()).isEqualTo("forebear.");
    }

    @Test
    void reportsEveryProblemAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("r.yaml"), "registries: [{alias: a, kind: b}]");

        assertThatThrownBy(() -> new Environment(
                                Map.of("FOREBEAR_REGISTRIES", file.toString(), "FOREBEAR_LISTEN", "nowhere"))
                        .read(IngestConfig::fromEnvironment))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(p -> assertThat(p).startsWith("FOREBEAR_LISTEN: expected host:port"))
                                .anySatisfy(p -> assertThat(p)
                                        .startsWith("FOREBEAR_REGISTRIES: ")
                                        .contains("found 'b'")));
        assertThatThrownBy(() -> new Environment(Map.of()).read(IngestConfig::fromEnvironment))
                .hasMessage("FOREBEAR_REGISTRIES: expected a file of registries, found none");
    }

    private String registries() throws Exception {
        return Files.writeString(
                        folder.resolve("registries.yaml"),
                        "registries: [{alias: hub, kind: hugging-face, unauthenticated: true}]")
                .toString();
    }
}
