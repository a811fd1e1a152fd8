package dev.forebear.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireConfigTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void defaultsToThisMachine() {
        WireConfig settings = read(Map.of());
        assertThat(settings.kafka()).isEqualTo(KafkaConfig.of("localhost:9092"));
        assertThat(settings.schemaRegistry()).isEqualTo(SchemaRegistryConfig.of(URI.create("http://localhost:8081")));
        assertThat(problems).isEmpty();
    }

    @Test
    void readsAddressesPrefixPropertiesAndCredentials(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), "security.protocol=SASL_SSL\n");
        WireConfig settings = read(Map.of(
                "FOREBEAR_KAFKA", "a:9092,b:9092",
                "FOREBEAR_KAFKA_PROPERTIES", file.toString(),
                "FOREBEAR_TOPIC_PREFIX", "prod.",
                "FOREBEAR_SCHEMA_REGISTRY", "https://one, https://two/path",
                "FOREBEAR_SCHEMA_REGISTRY_USER", "reader",
                "FOREBEAR_SCHEMA_REGISTRY_PASSWORD", "hush"));
        assertThat(settings.kafka())
                .isEqualTo(new KafkaConfig("a:9092,b:9092", "prod.", Map.of("security.protocol", "SASL_SSL")));
        assertThat(settings.schemaRegistry().urls())
                .containsExactly(URI.create("https://one"), URI.create("https://two/path"));
        assertThat(settings.schemaRegistry().credentials()).isEqualTo(new Credentials.Basic("reader", "hush"));
        assertThat(problems).isEmpty();
    }

    @Test
    void readsAToken() {
        assertThat(read(Map.of("FOREBEAR_SCHEMA_REGISTRY_TOKEN", "hush"))
                        .schemaRegistry()
                        .credentials())
                .isEqualTo(new Credentials.Bearer("hush"));
    }

    @Test
    void reportsEveryProblemAtOnce() {
        read(Map.of(
                "FOREBEAR_KAFKA_PROPERTIES", "/nowhere/client.properties",
                "FOREBEAR_TOPIC_PREFIX", "a b",
                "FOREBEAR_SCHEMA_REGISTRY", "http://user:hush@host",
                "FOREBEAR_SCHEMA_REGISTRY_USER", "reader"));
        assertThat(problems)
                .hasSize(4)
                .anyMatch(line -> line.startsWith("FOREBEAR_KAFKA_PROPERTIES: expected a file of client properties"))
                .anyMatch(line -> line.startsWith("FOREBEAR_KAFKA, FOREBEAR_TOPIC_PREFIX: "))
                .anyMatch(line -> line.startsWith("FOREBEAR_SCHEMA_REGISTRY: expected addresses"))
                .anyMatch(line -> line.startsWith("FOREBEAR_SCHEMA_REGISTRY_USER, _PASSWORD: expected both"))
                .noneMatch(line -> line.contains("hush"));
    }

    private WireConfig read(Map<String, String> variables) {
        return WireConfig.read(variables::get, variables::get, problems::add);
    }
}
