package dev.forebear.benchmarks;

import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.BatchJoin.Reference;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the topics of one process hold after a large registry was announced, fingerprinted and reported on: every report
 * says what the matcher would have said at the time. All of it counts as worked on, so that a start begins with it as
 * its past. No alert was raised.
 */
final class GeneratedPast implements AutoCloseable {

    private static final int PARTITIONS = 4;
    private static final int AT_ONCE = 2_000;

    /** Who has worked on what. */
    private static final Map<String, Topic<?>> GROUPS = Map.of(
            "forebear-fingerprint-worker", Topics.MODEL_UPLOADS,
            "forebear-matcher", Topics.MODEL_FINGERPRINTS,
            "forebear-alerts", Topics.LINEAGE_REPORTS);

    private final int models;
    private final GeneratedFingerprints registry = new GeneratedFingerprints(0);
    private final EmbeddedPlatform platform;
    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param data folder of {@code up} */
    GeneratedPast(Path data, int models) {
        this.models = models;
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(PARTITIONS, (short) 1);
        schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("linger.ms", 20);
        properties.put("batch.size", 256 << 10);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void write() throws ExecutionException, InterruptedException {
        send(Topics.MODEL_UPLOADS, IntStream.range(0, models), this::upload, GeneratedPast::modelId);
        send(
                Topics.MODEL_FINGERPRINTS,
                IntStream.range(0, models),
                registry::model,
                ModelFingerprint::getModelVersionId);
        report();
        producer.flush();
        beDone();
    }

    private ModelUploaded upload(int number) {
        var model = registry.model(number);
        return ModelUploaded.newBuilder()
                .setEventId(model.getUploadEventId())
                .setModelVersionId(model.getModelVersionId())
                .setRegistry(model.getRegistry())
                .setName(model.getName())
                .setVersion(model.getVersion())
                .setLocation(model.getLocation())
                .setSender("mlflow")
                .setLane(model.getLane())
                .setDeclaredBases(model.getDeclaredBases())
                .setUploadedBy("trainer-" + number % 40)
                .setUploadedAt(model.getUploadedAt())
                .setReceivedAt(model.getUploadedAt().plusSeconds(1))
                .setCorrelationId(model.getCorrelationId())
                .build();
    }

    private void report() {
        var join = BatchJoin.of(IntStream.range(0, models)
                .parallel()
                .mapToObj(number -> new Reference(registry.model(number), registry.knownSince(number), List.of())));
        int threads = Runtime.getRuntime().availableProcessors();
        for (int from = 0; from < models; from += AT_ONCE) {
            int first = from;
            var numbers = IntStream.range(from, Math.min(from + AT_ONCE, models));
            var questions = numbers.mapToObj(this::question).toList();
            var answers = join.answer(questions, threads, registry.knownSince(from));
            send(
                    Topics.LINEAGE_REPORTS,
                    IntStream.range(0, answers.size()),
                    place -> LineageReport.newBuilder(answers.get(place).report())
                            .setConfirmation(ConfirmationState.NOT_NEEDED)
                            .setReportedAt(registry.knownSince(first + place))
                            .build(),
                    report -> report.getRegistry() + "/" + report.getName());
        }
    }

    private Question question(int number) {
        var model = registry.model(number);
        return new Question(model, List.of(), registry.knownSince(number), model.getModelVersionId() + "#1");
    }

    private static String modelId(ModelUploaded upload) {
        return upload.getRegistry() + "/" + upload.getName();
    }

    /** @param place what says the partition, and is the key unless the topic's is the model version id */
    private <V extends SpecificRecord> void send(
            Topic<V> topic, IntStream numbers, java.util.function.IntFunction<V> record, Function<V, String> place) {
        try (var serde = new AvroSerde<>(topic.type(), schemas)) {
            numbers.forEach(number -> {
                V value = record.apply(number);
                String placed = place.apply(value);
                String key = value instanceof LineageReport report ? report.getModelVersionId() : placed;
                producer.send(new ProducerRecord<>(
                        kafka.topic(topic),
                        Topics.partition(placed, PARTITIONS),
                        key.getBytes(StandardCharsets.UTF_8),
                        serde.serializer().serialize(kafka.topic(topic), value)));
            });
        }
    }

    private void beDone() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(kafka.clientProperties())) {
            for (var group : GROUPS.entrySet()) {
                String topic = kafka.topic(group.getValue());
                var ends = admin.listOffsets(IntStream.range(0, PARTITIONS)
                                .mapToObj(partition -> new TopicPartition(topic, partition))
                                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                        .all()
                        .get();
                admin.alterConsumerGroupOffsets(
                                group.getKey(),
                                ends.entrySet().stream()
                                        .collect(Collectors.toMap(
                                                Map.Entry::getKey,
                                                end -> new OffsetAndMetadata(
                                                        end.getValue().offset()))))
                        .all()
                        .get();
            }
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(30));
        schemas.close();
        platform.close();
    }
}
