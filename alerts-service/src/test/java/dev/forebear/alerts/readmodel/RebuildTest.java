package dev.forebear.alerts.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.alerts.Wire;
import dev.forebear.schemas.WireConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RebuildTest {

    @TempDir
    static Path data;

    static Wire broker;
    static WireConfig wire;
    static Map<String, List<String>> tables;
    static List<Map<String, Object>> miscounted;

    private static final String COUNTED = """
        SELECT registry, progress, licence, not_analysed_reason, undeclared, proven, deleted, versions FROM model_count
        """;
    private static final String COUNTED_AGAIN = """
        SELECT registry, progress, coalesce(licence, ''), coalesce(not_analysed_reason, ''), undeclared, proven > 0,
            deleted_at IS NOT NULL, count(*) FROM model_version GROUP BY 1, 2, 3, 4, 5, 6, 7
        """;
    private static final String ARRIVED = "SELECT day, progress, proven, versions FROM arrival";
    private static final String ARRIVED_AGAIN =
            "SELECT received_at / 86400000, progress, proven > 0, count(*) FROM model_version GROUP BY 1, 2, 3";

    @TempDir
    Path folder;

    /** Writes the history in two halves, and stops the read model between and within them. */
    @BeforeAll
    static void follow() throws Exception {
        broker = new Wire(data);
        wire = broker.create("rebuild.");
        List<History.Entry<?>> entries = History.entries();
        Path folder = Files.createDirectory(data.resolve("followed"));
        write(entries.subList(0, entries.size() / 2));
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            followed.catchUp();
        }
        write(entries.subList(entries.size() / 2, entries.size()));
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            followed.catchUp();
            tables = TableDump.of(followed.model());
            miscounted = Stream.of(
                            difference(followed, COUNTED, COUNTED_AGAIN),
                            difference(followed, COUNTED_AGAIN, COUNTED),
                            difference(followed, ARRIVED, ARRIVED_AGAIN),
                            difference(followed, ARRIVED_AGAIN, ARRIVED))
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private static List<Map<String, Object>> difference(FollowedReadModel followed, String rows, String others) {
        return followed.model()
                .queries()
                .withHandle(handle -> handle.createQuery(
                                "SELECT * FROM (" + rows + ") EXCEPT SELECT * FROM (" + others + ")")
                        .mapToMap()
                        .list());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void comesBackTheSameWhenTheFileIsDeleted() throws Exception {
        try (var followed = FollowedReadModel.open(broker, wire, folder)) {
            followed.catchUp();
            assertThat(TableDump.of(followed.model())).isEqualTo(tables);
        }
    }

    @Test
    void fillsEveryTable() {
        assertThat(tables)
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    }

    @Test
    void countsModelVersionsAsTheyAre() {
        assertThat(miscounted).isEmpty();
    }

    @Test
    void keepsWhatTheTopicsSayInTheEnd() {
        assertThat(tables.get("model_version"))
                .anyMatch(row -> row.contains("id=internal/model-0@v1")
                        && row.contains("name_now=again-0")
                        && !row.contains("deleted_at=null")
                        && row.contains("visibility=private"))
                .anyMatch(row -> row.contains("id=internal/model-1@v1") && row.contains("name_now=null"))
                .anyMatch(row -> row.contains("id=internal/model-2@v1") && row.contains("name_now=by-id-2"))
                .anyMatch(row -> row.contains("id=internal/model-3@v1") && !row.contains("deleted_at=null"))
                .anyMatch(row -> row.contains("id=internal/model-4@v1")
                        && row.contains("deleted_at=null")
                        && row.contains("progress=received"))
                .noneMatch(row -> row.contains("id=hub/reference-5@main"))
                .noneMatch(row -> row.contains("id=internal/gone@v1"))
                .anyMatch(row -> row.contains("id=internal/gone@v2"));
        for (String table : List.of(
                "upload", "fingerprint", "report", "match", "declaration", "declared_name", "search_document")) {
            assertThat(tables.get(table)).as(table).noneMatch(row -> row.contains("internal/gone@v1"));
        }
        assertThat(tables.get("owed"))
                .extracting(row -> row.substring(0, row.indexOf(", revision")))
                .containsExactly(
                        "channel=mail, alert_id=al_0",
                        "channel=mail, alert_id=al_1",
                        "channel=mail, alert_id=al_2",
                        "channel=slack, alert_id=al_1");
        assertThat(tables.get("policy_exception")).singleElement().asString().contains("revoked_by=ana");
        assertThat(tables.get("quarantine"))
                .hasSize(2)
                .anyMatch(row -> row.contains("id=hub/worse@v1") && row.contains("lifted_by=bo"));
        assertThat(tables.get("model_name"))
                .anyMatch(row -> row.contains("model_id=internal/model-0") && row.contains("name=again-0"));
        assertThat(tables.get("declared_name")).anyMatch(row -> row.contains("segment=basalt-7b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void isTheSameWhicheverTopicIsReadFirst(int seed) {
        try (var model = ReadModel.open(folder.resolve("alerts.db"))) {
            var projection = new Projection(wire.kafka(), broker.schemas(), model, InstantSource.system());
            var random = new Random(seed);
            List<Deque<ConsumerRecord<byte[], byte[]>>> partitions = partitions(projection);
            while (!partitions.isEmpty()) {
                List<ConsumerRecord<byte[], byte[]>> batch = batch(partitions, random);
                model.statements().transact(() -> {
                    batch.forEach(projection::apply);
                    projection.complete();
                });
            }
            Map<String, List<String>> filled = TableDump.of(model);
            filled.put("topic_position", tables.get("topic_position"));
            assertThat(filled).isEqualTo(tables);
        }
    }

    private static void write(List<History.Entry<?>> entries) {
        entries.forEach(RebuildTest::write);
    }

    private static <V extends SpecificRecord> void write(History.Entry<V> entry) {
        if (entry.value() == null) {
            broker.writeBytes(wire, entry.topic(), entry.key(), null);
        } else {
            broker.write(wire, entry.topic(), entry.key(), entry.value());
        }
    }

    private static List<Deque<ConsumerRecord<byte[], byte[]>>> partitions(Projection projection) {
        Map<String, Deque<ConsumerRecord<byte[], byte[]>>> partitions = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : broker.records(wire, projection.tableTopics())) {
            partitions
                    .computeIfAbsent(record.topic() + record.partition(), none -> new ArrayDeque<>())
                    .add(record);
        }
        return new ArrayList<>(partitions.values());
    }

    /** Some records, of each partition in its order; takes away what is empty. */
    private static List<ConsumerRecord<byte[], byte[]>> batch(
            List<Deque<ConsumerRecord<byte[], byte[]>>> partitions, Random random) {
        List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int size = 1 + random.nextInt(9); size > 0 && !partitions.isEmpty(); size--) {
            Deque<ConsumerRecord<byte[], byte[]>> partition = partitions.get(random.nextInt(partitions.size()));
            batch.add(partition.remove());
            partitions.removeIf(Deque::isEmpty);
        }
        return batch;
    }
}
