package dev.forebear.benchmarks;

import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ModelUploaded;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Signed webhooks against the ingest service, which runs as a process of its own on the first processor where
 * {@code taskset} is there; the broker and the generator share the others. What was answered 202 is looked up on the
 * topic afterwards.
 */
final class WebhookLoad implements AutoCloseable {

    private static final int PER_SECOND = 2000;
    private static final int WARM_UP_SECONDS = 30;
    private static final int SUSTAINED_SECONDS = 30;
    private static final int BURST = 20_000;
    private static final int CONNECTIONS = 128;
    private static final String ALIAS = "bench";
    private static final String SECRET = "benchmark-secret-0001";
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);

    private final EmbeddedPlatform platform;
    private final KafkaConfig kafka;
    private final Process service;
    private final InetSocketAddress address;

    WebhookLoad() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("forebear-benchmark-");
        platform = EmbeddedPlatform.start(
                new EmbeddedPlatformConfig(folder.resolve("data"), 0, 0, 0, "forebear", "forebear-secret"));
        kafka = KafkaConfig.of(platform.bootstrapServers());
        new TopicAdmin(kafka).create(4, (short) 1);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        service = start(folder);
        awaitReady();
    }

    private Process start(Path folder) throws IOException {
        Path registries = Files.writeString(folder.resolve("registries.yaml"), """
            registries:
              - alias: %s
                kind: mlflow
                secrets: [{env: BENCHMARK_SECRET}]
            """.formatted(ALIAS));
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            command.addAll(List.of("taskset", "-c", "0"));
        }
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.forebear.ingest.IngestService"));
        var builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("ingest.log").toFile())
                .redirectErrorStream(true);
        builder.environment().put("FOREBEAR_KAFKA", platform.bootstrapServers());
        builder.environment()
                .put("FOREBEAR_SCHEMA_REGISTRY", platform.schemaRegistryUrl().toString());
        builder.environment().put("FOREBEAR_REGISTRIES", registries.toString());
        builder.environment().put("FOREBEAR_LISTEN", "127.0.0.1:" + address.getPort());
        builder.environment().put("BENCHMARK_SECRET", SECRET);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            try (var socket = new Socket()) {
                socket.connect(address, 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !service.isAlive()) {
                    throw new IllegalStateException("expected the ingest service within " + READY_WITHIN, e);
                }
                Thread.sleep(100);
            }
        }
    }

    /** Warms up, sustains the rate, and bursts; prints one line for each. */
    void print(PrintStream out) throws IOException, InterruptedException {
        out.printf(
                "%-34s %9s %8s %8s %8s %8s %9s %6s %8s%n",
                "", "per s", "p50 ms", "p99 ms", "p99.9", "max ms", "answered", "lost", "RSS MiB");
        line(out, "warm-up", "warm", (long) WARM_UP_SECONDS * PER_SECOND, PER_SECOND);
        line(out, "sustained, aim p99 under 50 ms", "sustained", (long) SUSTAINED_SECONDS * PER_SECOND, PER_SECOND);
        line(out, "burst of " + BURST, "burst", BURST, 0);
    }

    private void line(PrintStream out, String what, String run, long count, double perSecond)
            throws IOException, InterruptedException {
        var deliveries = new SignedDeliveries("127.0.0.1:" + address.getPort(), ALIAS, SECRET);
        var load = new LoadGenerator(address, CONNECTIONS)
                .send(number -> deliveries.request(run, number), count, perSecond);
        Set<String> written = written();
        long lost = load.accepted().stream()
                .filter(number -> !written.contains("mlflow:" + ALIAS + ":" + SignedDeliveries.id(run, number)))
                .count();
        out.printf(
                Locale.ROOT,
                "%-34s %9.0f %8.1f %8.1f %8.1f %8.1f %9s %6d %8.0f%n",
                what,
                count / load.seconds(),
                load.micros().getValueAtPercentile(50) / 1000.0,
                load.micros().getValueAtPercentile(99) / 1000.0,
                load.micros().getValueAtPercentile(99.9) / 1000.0,
                load.micros().getMaxValue() / 1000.0,
                load.statuses(),
                lost,
                resident());
        if (load.busyWithoutRetryAfter() > 0) {
            out.printf("%s: %d answers 429 or 503 without Retry-After%n", what, load.busyWithoutRetryAfter());
        }
    }

    /** Event ids of the uploads that lie on the topic. */
    private Set<String> written() {
        Set<String> events = new HashSet<>();
        try (var registry = new SchemaRegistryClient(SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
                var consumer = new KafkaConsumer<>(
                        kafka.clientProperties(),
                        new ByteArrayDeserializer(),
                        new AvroSerde<>(ModelUploaded.class, registry).deserializer())) {
            String topic = kafka.topic(Topics.MODEL_UPLOADS);
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> events.add(record.value().getEventId()));
            }
        }
        return events;
    }

    private double resident() throws IOException {
        String status = Files.readString(Path.of("/proc/" + service.pid() + "/status"));
        return status.lines()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1024.0;
    }

    @Override
    public void close() {
        service.destroy();
        service.onExit().join();
        platform.close();
    }
}
