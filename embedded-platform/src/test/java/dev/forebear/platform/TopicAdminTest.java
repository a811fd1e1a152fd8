package dev.forebear.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.TopicException;
import dev.forebear.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every test has its own prefix. */
class TopicAdminTest {

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
    void createsTopicsThatItThenAccepts() {
        TopicAdmin topics = topics("good.");

        topics.create(3, (short) 1);
        topics.create(5, (short) 1);

        assertThatCode(topics::verify).doesNotThrowAnyException();
        assertThat(Topics.all())
                .allSatisfy(topic -> assertThat(topics.partitions(topic)).isEqualTo(3));
    }

    @Test
    void createdTopicsTakeRecordsAtOnce() throws Exception {
        Map<String, Object> properties =
                KafkaConfig.of(kafka.bootstrapServers()).clientProperties();
        properties.put(ProducerConfig.RETRIES_CONFIG, 0);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        int partitions = 8;
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            topics("fresh.").create(partitions, (short) 1);
            List<Future<RecordMetadata>> sent = Topics.all().stream()
                    .flatMap(topic -> IntStream.range(0, partitions)
                            .mapToObj(partition -> producer.send(
                                    new ProducerRecord<>(topic.name("fresh."), partition, "key", "value"))))
                    .toList();

            for (var one : sent) {
                assertThat(one.get(30, TimeUnit.SECONDS).offset()).isZero();
            }
        }
    }

    @Test
    void refusesAClusterWithoutOurTopics() {
        assertThatExceptionOfType(TopicException.class)
                .isThrownBy(() -> topics("none.").verify())
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(Topics.all().size())
                        .contains("topic none.model-uploads: missing", "topic none.dead-letters: missing"));
        assertThatExceptionOfType(TopicException.class)
                .isThrownBy(() -> topics("none.").partitions(Topics.DEAD_LETTERS))
                .withMessage("topic none.dead-letters: missing");
    }

    @Test
    void listsAllThatSomebodyChanged() throws Exception {
        TopicAdmin topics = topics("changed.");
        topics.create(2, (short) 1);
        try (Admin admin = Admin.create(KafkaConfig.of(kafka.bootstrapServers()).clientProperties())) {
            admin.createPartitions(Map.of("changed.lineage-queries", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            admin.incrementalAlterConfigs(Map.of(
                            topic("changed.model-fingerprints"), set("cleanup.policy", "delete"),
                            topic("changed.model-uploads"), set("retention.ms", "1000")))
                    .all()
                    .get();
        }

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatExceptionOfType(TopicException.class)
                        .isThrownBy(topics::verify)
                        .satisfies(e -> assertThat(e.problems())
                                .containsExactly(
                                        "topic changed.model-uploads: expected retention.ms -1, found 1000",
                                        "topic changed.model-fingerprints: expected cleanup.policy compact, found"
                                                + " delete",
                                        "topics of the matcher's shards: expected equally many partitions, found "
                                                + "changed.model-fingerprints 2, changed.lineage-queries 3")));
    }

    @Test
    void lengthensTheHistoryOfTopicsOfAnEarlierRelease() throws Exception {
        TopicAdmin topics = topics("earlier.");
        topics.create(1, (short) 1);
        try (Admin admin = Admin.create(KafkaConfig.of(kafka.bootstrapServers()).clientProperties())) {
            admin.incrementalAlterConfigs(Map.of(
                            topic("earlier.lineage-alerts"),
                            List.of(
                                    set("min.compaction.lag.ms", "0").getFirst(),
                                    set("max.compaction.lag.ms", "3600000").getFirst())))
                    .all()
                    .get();
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatExceptionOfType(TopicException.class)
                        .isThrownBy(topics::verify)
                        .withMessageContaining("expected min.compaction.lag.ms 86400000, found 0"));

        topics.create(1, (short) 1);

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThatCode(topics::verify).doesNotThrowAnyException());
    }

    @Test
    void saysWhyATopicCannotBeCreated() {
        assertThatExceptionOfType(TopicException.class)
                .isThrownBy(() -> topics("three.").create(1, (short) 3))
                .satisfies(e -> assertThat(e.problems())
                        .hasSize(Topics.all().size())
                        .allMatch(problem -> problem.startsWith("topic three.") && problem.contains("replication")));
    }

    @Test
    void saysThatNobodyAnswers() {
        Map<String, String> impatient = Map.of("default.api.timeout.ms", "300", "request.timeout.ms", "200");
        String nobody = "127.0.0.1:" + Loopback.freePort();

        assertThatExceptionOfType(TopicException.class)
                .isThrownBy(() -> new TopicAdmin(new KafkaConfig(nobody, "", impatient)).verify())
                .withMessageStartingWith("Kafka at " + nobody + ": ");
        assertThatExceptionOfType(TopicException.class)
                .isThrownBy(() -> new TopicAdmin(new KafkaConfig("no port", "", Map.of())).verify())
                .withMessageStartingWith("Kafka at no port: Invalid url in bootstrap.servers: no port");
    }

    private static TopicAdmin topics(String prefix) {
        return new TopicAdmin(new KafkaConfig(kafka.bootstrapServers(), prefix, Map.of()));
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static List<AlterConfigOp> set(String name, String value) {
        return List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
    }
}
