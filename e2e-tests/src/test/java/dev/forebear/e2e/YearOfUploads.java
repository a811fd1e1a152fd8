package dev.forebear.e2e;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.match.BatchJoin;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.WireTrust;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.signals.Fingerprinter;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A year of uploads over the weights of the zoo, with what was reported of them at the time. Made from a seed: always
 * the same, wherever it is written.
 */
final class YearOfUploads {

    static final int UPLOADS = 360;

    private static final int PARTITIONS = 3;
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<String> REGISTRIES = List.of("internal", "research", "hub");

    private final List<ModelUploaded> announcements = new ArrayList<>();
    private final List<ModelFingerprint> models = new ArrayList<>();
    private final List<LineageReport> reports = new ArrayList<>();

    static {
        WireTrust.establish();
    }

    /** Fingerprints the zoo and invents the year. */
    static YearOfUploads overTheZoo() throws IOException {
        Map<String, Fingerprint> zoo = new LinkedHashMap<>();
        try (var folders = Files.list(ChildProcess.ROOT.resolve("zoo"))) {
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                fingerprint(folder, zoo);
            }
        }
        var year = new YearOfUploads();
        year.invent(zoo);
        return year;
    }

    private static void fingerprint(Path folder, Map<String, Fingerprint> zoo) throws IOException {
        try (var checkpoint = Checkpoint.open(new FolderStorage(folder))) {
            zoo.put(folder.getFileName().toString(), FingerprintRecords.wire(Fingerprinter.fingerprint(checkpoint)));
        } catch (CheckpointException unreadable) {
            // An adapter alone, or a folder that holds no model.
            return;
        }
    }

    private void invent(Map<String, Fingerprint> zoo) {
        var random = new Random(2025);
        List<String> names = List.copyOf(zoo.keySet());
        for (int number = 0; number < UPLOADS; number++) {
            String weights = names.get(number < names.size() ? number : random.nextInt(names.size()));
            ModelUploaded upload = upload(number, weights, random);
            announcements.add(upload);
            if (random.nextInt(6) == 0) {
                // A listing finds it again, and a sender repeats itself.
                announcements.add(ModelUploaded.newBuilder(upload)
                        .setEventId("listing-" + number)
                        .setReceivedAt(upload.getReceivedAt().plus(Duration.ofHours(20)))
                        .build());
                announcements.add(upload);
            }
            boolean unreadable = random.nextInt(40) == 0;
            models.add(model(upload, unreadable ? null : zoo.get(weights), random));
        }
        report(random);
    }

    /** What fingerprints said then; some was overlooked, and some is not said any more. */
    private void report(Random random) {
        var join = BatchJoin.of(models.stream()
                .map(model -> new BatchJoin.Reference(model, model.getFingerprintedAt(), List.of()))
                .toList());
        var questions = models.stream()
                .map(model -> new BatchJoin.Question(
                        model, List.of(), model.getFingerprintedAt(), model.getModelVersionId() + "#then"))
                .toList();
        for (BatchJoin.Answer answer : join.answer(questions, 2, BEGIN.plus(Duration.ofDays(366)))) {
            int luck = random.nextInt(10);
            if (luck < 8) {
                reports.add(answer.report());
            } else if (luck == 8) {
                reports.add(LineageReport.newBuilder(answer.report())
                        .setMatches(List.of())
                        .build());
            }
        }
    }

    private static ModelUploaded upload(int number, String weights, Random random) {
        Instant at = BEGIN.plus(Duration.ofHours(24L * number)).plus(Duration.ofMinutes(random.nextInt(600)));
        String registry = REGISTRIES.get(random.nextInt(REGISTRIES.size()));
        String name = "team-" + random.nextInt(5) + "/" + weights + "-" + random.nextInt(4);
        String version = "v" + number;
        return ModelUploaded.newBuilder()
                .setEventId("event-" + number)
                .setModelVersionId(registry + "/" + name + "@" + version)
                .setRegistry(registry)
                .setName(name)
                .setVersion(version)
                .setLocation("s3://models/" + name + "/" + version + "/")
                .setSender("mlflow")
                .setLane(Lane.INTERACTIVE)
                .setUploadedBy("trainer-" + random.nextInt(9))
                .setUploadedAt(at)
                .setReceivedAt(at.plusSeconds(3))
                .setCorrelationId("c-" + number)
                .setContentTag("tag-" + number)
                .build();
    }

    private static ModelFingerprint model(ModelUploaded upload, @Nullable Fingerprint fingerprint, Random random) {
        return ModelFingerprint.newBuilder()
                .setModelVersionId(upload.getModelVersionId())
                .setRegistry(upload.getRegistry())
                .setName(upload.getName())
                .setVersion(upload.getVersion())
                .setLocation(upload.getLocation())
                .setUploadEventId(upload.getEventId())
                .setFingerprint(fingerprint)
                .setNotAnalysed(fingerprint == null ? new NotAnalysed("malformed", "model.safetensors: cut off") : null)
                .setDeclaredBases(
                        random.nextInt(3) == 0
                                ? List.of(new DeclaredBase(
                                        "team-0/base-a-0", null, "model-card", DeclarationStrength.STATED, null))
                                : List.of())
                .setLicence(random.nextBoolean() ? "apache-2.0" : "cc-by-nc-4.0")
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(upload.getUploadedAt())
                .setFingerprintedAt(upload.getReceivedAt().plusSeconds(4))
                .setBytesRead(800_000)
                .setRequests(40)
                .setElapsedMillis(90)
                .setCorrelationId(upload.getCorrelationId())
                .build();
    }

    /** Writes it into fresh topics, each record at the place where any other instance has it, too. */
    void write(WireConfig wire) throws InterruptedException, ExecutionException {
        new TopicAdmin(wire.kafka()).create(PARTITIONS, (short) 1);
        try (var schemas = new SchemaRegistryClient(wire.schemaRegistry());
                var producer = new KafkaProducer<>(
                        wire.kafka().clientProperties(), new StringSerializer(), new ByteArraySerializer())) {
            var writing = new Writing(wire, schemas, producer);
            for (ModelUploaded one : announcements) {
                String modelId = one.getRegistry() + "/" + one.getName();
                writing.write(Topics.MODEL_UPLOADS, modelId, modelId, one);
            }
            for (ModelFingerprint one : models) {
                writing.write(Topics.MODEL_FINGERPRINTS, one.getModelVersionId(), one.getModelVersionId(), one);
            }
            for (LineageReport one : reports) {
                writing.write(
                        Topics.LINEAGE_REPORTS, one.getModelVersionId(), one.getRegistry() + "/" + one.getName(), one);
            }
        }
    }

    private record Writing(WireConfig wire, SchemaRegistryClient schemas, KafkaProducer<String, byte[]> producer) {

        <V extends SpecificRecord> void write(Topic<V> topic, String key, String placedBy, V value) {
            String name = wire.kafka().topic(topic);
            byte[] bytes = new AvroSerde<>(topic.type(), schemas).serializer().serialize(name, value);
            producer.send(new ProducerRecord<>(name, Topics.partition(placedBy, PARTITIONS), key, bytes));
        }
    }
}
