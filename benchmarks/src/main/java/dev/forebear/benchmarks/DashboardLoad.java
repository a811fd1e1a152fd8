package dev.forebear.benchmarks;

import dev.forebear.alerts.Counting;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A registry of a hundred thousand model versions in the topics of a broker, the read model that a process of its own
 * makes of them, and what the pages ask of it while uploads go on. The folder is filled once and can be used again.
 */
final class DashboardLoad implements AutoCloseable {

    private static final int MODELS = 100_000;
    private static final int ALERTS = 10_000;
    private static final int WARM_UPS = 20;
    private static final int RUNS = 200;
    private static final int COMMANDS = 20;
    private static final int OPENINGS = 3;
    private static final int UPLOADS_PER_SECOND = 50;
    private static final int COUNTS = 3;
    private static final String PREVIEW = "policy preview, reports counted a second";
    private static final String ANOTHER_POLICY = "rules: {undisclosed-ancestry: {}, licence-conflict: {}}";
    private static final Duration COUNTED_WITHIN = Duration.ofMinutes(30);

    private final Path folder;
    private final String asked;
    private final EmbeddedPlatform platform;
    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Topic<?>, Serializer<?>> serializers;
    private final GeneratedRegistry registry;

    /**
     * @param folder filled by an earlier run, or to be filled
     * @param asked what is measured: rows whose names hold it
     */
    DashboardLoad(Path folder, String asked) throws IOException {
        this.asked = asked;
        this.folder = Files.createDirectories(folder);
        registry = new GeneratedRegistry(MODELS, begin());
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder.resolve("data")));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(4, (short) 1);
        schemas = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
        serializers = serializers(schemas);
        Map<String, Object> properties = kafka.clientProperties();
        properties.put("linger.ms", 20);
        properties.put("batch.size", 256 << 10);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Fills the topics, rebuilds, and prints one line for every query. */
    void print(PrintStream out) throws Exception {
        if (!Files.exists(filled())) {
            fill();
            Files.writeString(filled(), registry.begin().toString());
        }
        out.printf("%,d model versions, %,d alerts in %s%n", MODELS, ALERTS, folder);
        rebuild(out);
        out.printf(Locale.ROOT, "file: %.0f MiB%n%n", Files.size(file()) / (double) (1 << 20));
        out.printf("%-48s %8s %8s %8s %8s %8s %8s%n", "", "cold ms", "p50 ms", "p95 ms", "p99 ms", "max ms", "KiB");
        Map<String, Double> cold = new HashMap<>();
        for (Map.Entry<String, String> query : among(DashboardQueries.paths()).entrySet()) {
            cold.put(query.getKey(), cold(query.getValue()));
        }
        try (var api = api();
                var follower = TopicFollower.start(kafka, schemas, api.model())) {
            if (!follower.catchUp(ReadModelRebuild.WITHIN)) {
                throw new IllegalStateException("not caught up within " + ReadModelRebuild.WITHIN);
            }
            Thread uploads = Thread.ofPlatform().start(this::upload);
            for (Map.Entry<String, String> query :
                    among(DashboardQueries.paths()).entrySet()) {
                line(out, api, query, cold.getOrDefault(query.getKey(), Double.NaN));
            }
            for (Map.Entry<String, List<String>> command :
                    among(DashboardQueries.commands()).entrySet()) {
                line(out, api, command);
            }
            uploads.interrupt();
            uploads.join();
            if (PREVIEW.contains(asked)) {
                count(out, api);
            }
        }
    }

    /** Holds all reports against another policy, as the preview of the page does. */
    private void count(PrintStream out, DashboardApi api) throws InterruptedException {
        Policy policy = PolicyFile.parse("policy.yaml", ANOTHER_POLICY);
        double best = 0;
        for (int run = 0; run < COUNTS; run++) {
            long start = System.nanoTime();
            try (var count = new Counting(kafka, schemas, api.model(), InstantSource.system()).begin(policy, null)) {
                while (!count.isDone()) {
                    if (count.problem().isPresent() || System.nanoTime() - start > COUNTED_WITHIN.toNanos()) {
                        throw new IllegalStateException("not counted: " + count.problem() + ", " + count.effect());
                    }
                    Thread.sleep(20);
                }
                best = Math.max(best, count.effect().counted() / ((System.nanoTime() - start) / 1e9));
            }
        }
        out.printf(Locale.ROOT, "%n%s, best of %d: %.0f%n", PREVIEW, COUNTS, best);
    }

    /** Those that are asked for. */
    private <T> Map<String, T> among(Map<String, T> rows) {
        rows.keySet().removeIf(name -> !name.contains(asked));
        return rows;
    }

    private DashboardApi api() {
        return new DashboardApi(file(), kafka, schemas);
    }

    private void fill() {
        for (int number = 0; number < MODELS; number++) {
            write(number);
        }
        for (int number = 0; number < ALERTS; number++) {
            var alert = registry.alert(number);
            send(Topics.LINEAGE_ALERTS, alert.getAlertId(), alert);
        }
        var operations = new GeneratedOperations(registry);
        for (int number = 0; number < ALERTS; number++) {
            var delivery = operations.delivery(number);
            send(Topics.ALERT_DELIVERIES, delivery.getChannel(), delivery);
            var action = operations.action(number);
            send(Topics.ALERT_ACTIONS, action.getAlertId(), action);
            var entry = operations.entry(number);
            send(Topics.AUDIT_ENTRIES, entry.getEntryId(), entry);
        }
        producer.flush();
    }

    private void write(int number) {
        String model = GeneratedRegistry.modelId(number);
        send(Topics.MODEL_UPLOADS, model, registry.upload(number));
        send(Topics.MODEL_FINGERPRINTS, GeneratedRegistry.id(number), registry.fingerprint(number));
        send(Topics.LINEAGE_REPORTS, model, registry.report(number));
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        @SuppressWarnings("unchecked")
        var serializer = (Serializer<V>) Objects.requireNonNull(serializers.get(topic));
        String name = kafka.topic(topic);
        producer.send(
                new ProducerRecord<>(name, key.getBytes(StandardCharsets.UTF_8), serializer.serialize(name, value)));
    }

    // Before the first record is made: a serialiser tells Avro which classes it may trust.
    private static Map<Topic<?>, Serializer<?>> serializers(SchemaRegistryClient schemas) {
        Map<Topic<?>, Serializer<?>> serializers = new HashMap<>();
        Topics.all().forEach(topic -> serializers.put(topic, new AvroSerde<>(topic.type(), schemas).serializer()));
        return serializers;
    }

    /** In a process of its own, for what it takes of memory. */
    private void rebuild(PrintStream out) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadModelRebuild.class.getName(),
                        kafka.bootstrapServers(),
                        platform.schemaRegistryUrl().toString(),
                        file().toString())
                .redirectError(folder.resolve("rebuild.log").toFile())
                .start();
        process.inputReader().lines().forEach(out::println);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("rebuild failed: " + Files.readString(folder.resolve("rebuild.log")));
        }
    }

    /** Milliseconds of the slowest first answer of a read model that was just opened. */
    private double cold(String path) throws IOException, InterruptedException {
        double slowest = 0;
        for (int opening = 0; opening < OPENINGS; opening++) {
            try (var api = api()) {
                api.connect();
                long start = System.nanoTime();
                api.get(path);
                slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
            }
        }
        return slowest;
    }

    /** The program with its start, until it has ended. */
    private static void line(PrintStream out, DashboardApi api, Map.Entry<String, List<String>> command)
            throws IOException {
        var micros = new Histogram(3);
        var arguments = new ArrayList<>(command.getValue());
        arguments.addAll(List.of("--url", api.uri().toString()));
        for (int run = 0; run < COMMANDS; run++) {
            try (var program = new Program(arguments, List.of())) {
                micros.recordValue((long) (program.seconds() * 1e6));
                program.requireSuccess();
            }
        }
        line(out, command.getKey(), Double.NaN, micros, Double.NaN);
    }

    private static void line(PrintStream out, DashboardApi api, Map.Entry<String, String> query, double cold)
            throws IOException, InterruptedException {
        var micros = new Histogram(3);
        long bytes = 0;
        for (int run = -WARM_UPS; run < RUNS; run++) {
            long start = System.nanoTime();
            bytes = api.get(query.getValue());
            if (run >= 0) {
                micros.recordValue((System.nanoTime() - start) / 1000);
            }
        }
        line(out, query.getKey(), cold, micros, bytes / 1024.0);
    }

    private static void line(PrintStream out, String what, double cold, Histogram micros, double kibibytes) {
        out.printf(
                Locale.ROOT,
                "%-48s %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f%n",
                what,
                cold,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(95) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getMaxValue() / 1e3,
                kibibytes);
    }

    /** Reports again on models, so many a second, until interrupted. */
    private void upload() {
        try {
            for (int number = GeneratedRegistry.BASES; ; number = (number + 37) % MODELS) {
                write(number);
                Thread.sleep(1000 / UPLOADS_PER_SECOND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When the registry begins: about now less what its uploads took, as of the day when the folder was filled. */
    private Instant begin() throws IOException {
        return Files.exists(filled())
                ? Instant.parse(Files.readString(filled()))
                : Instant.now().truncatedTo(ChronoUnit.DAYS).minus(GeneratedRegistry.duration(MODELS));
    }

    private Path filled() {
        return folder.resolve("filled");
    }

    private Path file() {
        return folder.resolve("alerts.db");
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        schemas.close();
        platform.close();
    }
}
