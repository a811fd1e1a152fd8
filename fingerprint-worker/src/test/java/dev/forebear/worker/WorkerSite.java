package dev.forebear.worker;

import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Adapter;
import dev.forebear.schemas.wire.AdapterBase;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.ReadInProgress;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A worker's surroundings for one test: own topics and an own prefix in a bucket, on the platform that all tests of
 * this JVM share.
 */
final class WorkerSite implements AutoCloseable {

    static final Path ZOO = Path.of("../zoo").toAbsolutePath().normalize();

    private static final String BUCKET = "models";
    private static final String ACCESS_KEY = "forebear";
    private static final String SECRET_KEY = "forebear-secret";
    private static final Duration POLL = Duration.ofMillis(50);
    private static final AtomicInteger SITES = new AtomicInteger();

    private final String prefix = "site-" + SITES.incrementAndGet() + ".";
    private final KafkaConfig kafka = new KafkaConfig(Shared.PLATFORM.bootstrapServers(), prefix, Map.of());
    private final SchemaRegistryClient registry = new SchemaRegistryClient(registryConfig());
    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(kafka.clientProperties(), new StringSerializer(), new ByteArraySerializer());
    private final Log<ModelFingerprint> fingerprints;
    private final Log<DeadLetter> deadLetters;
    private final Log<Confirmation> confirmations;
    private final Log<ReadInProgress> reads;

    /** Started with the first site, stopped with the JVM. */
    private static final class Shared {

        static final EmbeddedPlatform PLATFORM = start();
        // The SDK's own HTTP client reads every certificate of the machine, which takes seconds.
        static final MinioClient S3 = MinioClient.builder()
                .endpoint(PLATFORM.s3Endpoint().toString())
                .credentials(ACCESS_KEY, SECRET_KEY)
                .httpClient(new OkHttpClient())
                .build();

        private static EmbeddedPlatform start() {
            try {
                Path data = Files.createTempDirectory(Path.of("target"), "platform-");
                var platform =
                        EmbeddedPlatform.start(new EmbeddedPlatformConfig(data, 0, 0, 0, ACCESS_KEY, SECRET_KEY));
                Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
                platform.createBucket(BUCKET);
                return platform;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    WorkerSite(int partitions) {
        new TopicAdmin(kafka).create(partitions, (short) 1);
        fingerprints = new Log<>(Topics.MODEL_FINGERPRINTS);
        deadLetters = new Log<>(Topics.DEAD_LETTERS);
        confirmations = new Log<>(Topics.CONFIRMATIONS);
        reads = new Log<>(Topics.READS_IN_PROGRESS);
    }

    /** Everything that was ever written to a topic, in order per partition. */
    private final class Log<V extends SpecificRecord> implements AutoCloseable {

        private final KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), new ByteArrayDeserializer());
        private final AvroSerde<V> serde;
        private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();

        Log(Topic<V> topic) {
            serde = new AvroSerde<>(topic.type(), registry);
            int partitions = new TopicAdmin(kafka).partitions(topic);
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(i -> new TopicPartition(kafka.topic(topic), i))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
        }

        List<ConsumerRecord<String, byte[]>> records() {
            consumer.poll(POLL).forEach(records::add);
            return records;
        }

        List<V> values() {
            return records().stream()
                    .map(record -> serde.deserializer().deserialize(record.topic(), record.value()))
                    .toList();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    KafkaConfig kafka() {
        return kafka;
    }

    static SchemaRegistryConfig registryConfig() {
        return SchemaRegistryConfig.of(Shared.PLATFORM.schemaRegistryUrl());
    }

    /** A worker that reads the platform's S3, retries fast and gives up soon. */
    WorkerConfig config() {
        return config(StoresConfig.ofS3(Shared.PLATFORM.s3Endpoint(), ACCESS_KEY, Secret.of(SECRET_KEY)));
    }

    WorkerConfig config(StoresConfig stores) {
        var retries = new RetryPolicy(
                Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(1));
        return new WorkerConfig(kafka, registryConfig(), ListenAddress.anyLoopbackPort(), stores, 2, 100, retries);
    }

    /** Variables of a worker process on this site. */
    Map<String, String> variables() {
        return Map.of(
                "FOREBEAR_KAFKA",
                kafka.bootstrapServers(),
                "FOREBEAR_TOPIC_PREFIX",
                prefix,
                "FOREBEAR_SCHEMA_REGISTRY",
                Shared.PLATFORM.schemaRegistryUrl().toString(),
                "FOREBEAR_S3_ENDPOINT",
                Shared.PLATFORM.s3Endpoint().toString(),
                "FOREBEAR_S3_ACCESS_KEY",
                ACCESS_KEY,
                "FOREBEAR_S3_SECRET_KEY",
                SECRET_KEY,
                "FOREBEAR_LISTEN",
                "127.0.0.1:0",
                "FOREBEAR_WORKERS",
                "1");
    }

    String location(String model) {
        return "s3://" + BUCKET + "/" + prefix + model + "/";
    }

    /** Puts a model of the zoo into the bucket. */
    void putZoo(String model, String zooModel) throws Exception {
        try (Stream<Path> files = Files.list(ZOO.resolve(zooModel))) {
            for (Path file : files.toList()) {
                put(model, file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    void remove(String model, String file) throws Exception {
        Shared.S3.removeObject(RemoveObjectArgs.builder()
                .bucket(BUCKET)
                .object(prefix + model + "/" + file)
                .build());
    }

    void put(String model, String file, byte[] content) throws Exception {
        Shared.S3.putObject(PutObjectArgs.builder().bucket(BUCKET).object(prefix + model + "/" + file).stream(
                        new ByteArrayInputStream(content), (long) content.length, -1L)
                .build());
    }

    /** Announces a model that lies in the bucket; returns its version id. */
    String announce(String model, Lane lane) throws Exception {
        return announce(uploaded(model, lane).build());
    }

    String announce(ModelUploaded uploaded) throws Exception {
        var serializer = new AvroSerde<>(ModelUploaded.class, registry).serializer();
        String topic = kafka.topic(Topics.MODEL_UPLOADS);
        send(uploaded.getRegistry() + "/" + uploaded.getName(), serializer.serialize(topic, uploaded));
        return uploaded.getModelVersionId();
    }

    void send(String key, byte[] value) throws Exception {
        send(Topics.MODEL_UPLOADS, key, value);
    }

    void send(Topic<?> topic, String key, byte[] value) throws Exception {
        var record = new ProducerRecord<>(kafka.topic(topic), key, value);
        record.headers().add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes());
        producer.send(record).get();
    }

    ModelUploaded.Builder uploaded(String model, Lane lane) {
        return ModelUploaded.newBuilder()
                .setEventId("event-" + model)
                .setModelVersionId("internal/" + model + "@1")
                .setRegistry("internal")
                .setName(model)
                .setVersion("1")
                .setLocation(location(model))
                .setSender("s3")
                .setLane(lane)
                .setDeclaredBases(List.of())
                .setUploadedAt(Instant.ofEpochMilli(1_795_161_600_000L))
                .setReceivedAt(Instant.ofEpochMilli(1_795_161_601_000L))
                .setCorrelationId("correlation-" + model);
    }

    SchemaRegistryClient registry() {
        return registry;
    }

    /** What was told of reads; a record without a value is the end of one. */
    List<ConsumerRecord<String, byte[]>> readRecords() {
        return reads.records();
    }

    ReadInProgress read(ConsumerRecord<String, byte[]> record) {
        return reads.serde.deserializer().deserialize(record.topic(), record.value());
    }

    List<ModelFingerprint> fingerprints() {
        return fingerprints.values();
    }

    List<ConsumerRecord<String, byte[]>> fingerprintRecords() {
        return fingerprints.records();
    }

    List<Confirmation> confirmations() {
        return confirmations.values();
    }

    /** Asks to hold a model that lies in the bucket against others that do, in order of upload. */
    void requestConfirmation(String model, String... relatives) throws Exception {
        request(model, null, relatives);
    }

    /** The same of an adapter that was put on its base. */
    void requestConfirmation(ModelFingerprint adapter, String... relatives) throws Exception {
        request(adapter.getName(), adapter, relatives);
    }

    /** Asks to fingerprint an adapter on a base that lies in the bucket. */
    void requestOnBase(ModelFingerprint adapter, String base) throws Exception {
        var found = new AdapterBase("internal/" + base + "@1", location(base));
        var onBase = ModelFingerprint.newBuilder(adapter)
                .setAdapter(new Adapter(adapter.getAdapter().getDescription(), found))
                .build();
        request(adapter.getName(), onBase);
    }

    private void request(String model, @Nullable ModelFingerprint adapter, String... relatives) throws Exception {
        String topic = kafka.topic(Topics.CONFIRMATION_REQUESTS);
        var request = new ConfirmationRequest(
                report(model),
                location(model),
                Stream.of(relatives).map(this::candidate).toList(),
                adapter);
        byte[] value = new AvroSerde<>(ConfirmationRequest.class, registry)
                .serializer()
                .serialize(topic, request);
        producer.send(new ProducerRecord<>(topic, request.getReport().getModelVersionId(), value))
                .get();
    }

    private LineageReport report(String model) {
        return LineageReport.newBuilder()
                .setReportId("internal/" + model + "@1#1")
                .setModelVersionId("internal/" + model + "@1")
                .setRegistry("internal")
                .setName(model)
                .setVersion("1")
                .setPurpose(QueryPurpose.UPLOAD)
                .setDeclaredBases(List.of())
                .setMatches(List.of())
                .setComparedModels(10)
                .setIncomparableModels(0)
                .setUploadedAt(Instant.ofEpochMilli(1_795_161_600_000L))
                .setReportedAt(Instant.ofEpochMilli(1_795_161_601_000L))
                .setConfirmation(ConfirmationState.PENDING)
                .setCorrelationId("correlation-" + model)
                .build();
    }

    private LineageCandidate candidate(String model) {
        return LineageCandidate.newBuilder()
                .setModelVersionId("internal/" + model + "@1")
                .setRegistry("internal")
                .setName(model)
                .setVersion("1")
                .setDeclaredBases(List.of())
                .setUploadedAt(Instant.ofEpochMilli(1_795_161_500_000L))
                .setSameWeights(false)
                .setLog10PValue(-10)
                .setLog10ExactBound(-4)
                .setEffectSize(0.5)
                .setSharedFunction(0.5)
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .setLocation(location(model))
                .build();
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.values();
    }

    /** Records of {@code model-uploads} that the group has not committed. */
    long uncommitted() throws Exception {
        try (Admin admin = Admin.create(kafka.clientProperties());
                var consumer = new KafkaConsumer<>(
                        kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var offsets = admin.listConsumerGroupOffsets(prefix + UploadConsumer.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Set<TopicPartition> partitions =
                    Set.copyOf(consumer.partitionsFor(kafka.topic(Topics.MODEL_UPLOADS)).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList());
            return consumer.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - (offsets.get(end.getKey()) == null
                                    ? 0
                                    : offsets.get(end.getKey()).offset()))
                    .sum();
        }
    }

    @Override
    public void close() {
        producer.close();
        fingerprints.close();
        deadLetters.close();
        confirmations.close();
        reads.close();
        registry.close();
    }
}
