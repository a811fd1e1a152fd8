package dev.forebear.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.platform.EmbeddedKafka;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSchemaLogTest {

    private static final VersionName LATEST = VersionName.parse("latest");

    @TempDir
    static Path data;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(data, 0);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void carriesTheWholeStateOfTheRegistryOverARestart() {
        int purgedId;
        try (SchemaLog log = KafkaSchemaLog.open(kafka.bootstrapServers())) {
            SchemaRegistry registry = new SchemaRegistry(log);
            registry.setLevel(null, CompatibilityLevel.FULL_TRANSITIVE);
            registry.setLevel("checked", CompatibilityLevel.FORWARD);
            registry.setLevel("unchecked", CompatibilityLevel.NONE);
            registry.setLevel("unchecked", null);
            registry.register("kept", "\"string\"");
            registry.register("deleted", "\"bytes\"");
            registry.deleteSubject("deleted", false);
            purgedId = registry.register("purged", "\"long\"");
            registry.deleteSubject("purged", false);
            registry.deleteSubject("purged", true);
        }

        try (SchemaLog log = KafkaSchemaLog.open(kafka.bootstrapServers())) {
            SchemaRegistry registry = new SchemaRegistry(log);

            assertThat(registry.globalLevel()).isEqualTo(CompatibilityLevel.FULL_TRANSITIVE);
            assertThat(registry.ownLevel("checked")).contains(CompatibilityLevel.FORWARD);
            assertThat(registry.ownLevel("unchecked")).isEmpty();
            assertThat(registry.subjects("", false)).containsExactly("kept");
            assertThat(registry.subjects("", true)).containsExactly("deleted", "kept");
            assertThat(registry.version("kept", LATEST, false))
                    .isEqualTo(new SchemaVersion("kept", 1, 1, "\"string\"", SchemaVersion.State.LIVE));
            assertThat(registry.register("purged", "\"double\""))
                    .as("an id is never given to another schema")
                    .isGreaterThan(purgedId);
            assertThat(registry.versions("purged", false))
                    .extracting(SchemaVersion::version)
                    .isEqualTo(List.of(2));
        }
    }
}
