package dev.forebear.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertActionKind;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlatformTest {

    @TempDir
    Path data;

    @Test
    void startsTwice() {
        for (int i = 0; i < 2; i++) {
            long begin = System.nanoTime();
            try (EmbeddedPlatform platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
                    SchemaRegistryClient client =
                            new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()))) {
                System.out.println("started in ms " + (System.nanoTime() - begin) / 1_000_000);
                platform.createBucket("models");
                TopicAdmin admin = new TopicAdmin(KafkaConfig.of(platform.bootstrapServers()));
                admin.create(4, (short) 1);
                admin.verify();
                assertThat(admin.partitions(Topics.LINEAGE_QUERIES)).isEqualTo(4);
                AvroSerde<AlertAction> serde = new AvroSerde<>(AlertAction.class, client);
                AlertAction action = AlertAction.newBuilder()
                        .setAlertId("a")
                        .setKind(AlertActionKind.RESOLVE)
                        .setAuthor("me")
                        .setAt(Instant.ofEpochMilli(5))
                        .build();
                byte[] bytes = serde.serializer().serialize("alert-actions", action);
                AvroSerde<AlertAction> other = new AvroSerde<>(AlertAction.class, client);
                assertThat(other.deserializer().deserialize("alert-actions", bytes)).isEqualTo(action);
                assertThat(client.getAllSubjects()).containsExactly("alert-actions-value");
                begin = System.nanoTime();
            }
            System.out.println("stopped in ms " + (System.nanoTime() - begin) / 1_000_000);
        }
    }
}
