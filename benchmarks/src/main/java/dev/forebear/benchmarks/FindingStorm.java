package dev.forebear.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.forebear.alerts.AlertsConfig;
import dev.forebear.alerts.AlertsService;
import dev.forebear.alerts.PolicySource;
import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.delivery.ChannelBook;
import dev.forebear.alerts.delivery.ChannelsFile;
import dev.forebear.alerts.delivery.RetryPolicy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.LineageReport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Ten thousand models of which one undeclared ancestor is found at once, and the messages that two channels get. */
final class FindingStorm {

    private static final int FINDINGS = 10_000;
    private static final int PARTITIONS = 4;
    private static final List<String> CHANNELS = List.of("soc", "governance");
    private static final String SECRET = "whsec_m5WQVds3LX/JjlSgclm0LRRkB+LZCabS";
    private static final String POLICY =
            "rules: {undisclosed-ancestry: {routes: [%s]}}".formatted(String.join(", ", CHANNELS));
    private static final String CHANNEL = """
          - name: %1$s
            kind: webhook
            url: http://127.0.0.1:%2$d/%1$s
            secret: {env: SECRET}
        """;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final PrintStream out;
    private final Map<String, AtomicInteger> messages =
            Map.of(CHANNELS.getFirst(), new AtomicInteger(), CHANNELS.getLast(), new AtomicInteger());

    FindingStorm(PrintStream out) {
        this.out = out;
    }

    void print() throws Exception {
        Path folder = Files.createTempDirectory("forebear-benchmark-");
        HttpServer receiver = receiver();
        try (var platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder.resolve("data")))) {
            var kafka = KafkaConfig.of(platform.bootstrapServers());
            new TopicAdmin(kafka).create(PARTITIONS, (short) 1);
            var wire = new WireConfig(kafka, SchemaRegistryConfig.of(platform.schemaRegistryUrl()));
            try (var service = AlertsService.start(
                    config(wire, folder.resolve("state"), receiver.getAddress().getPort()))) {
                storm(service, wire);
            }
        } finally {
            receiver.stop(0);
        }
    }

    private void storm(AlertsService service, WireConfig wire) throws Exception {
        long start = System.nanoTime();
        send(wire);
        out.printf(Locale.ROOT, "%,d findings written: %.1f s%n", FINDINGS, secondsSince(start));
        await(service, "/api/v1/alerts?limit=1", "/total", FINDINGS);
        out.printf(Locale.ROOT, "… decided and shown: %.1f s%n", secondsSince(start));
        await(service, "/api/v1/overview", "/waiting/owed", 0);
        out.printf(Locale.ROOT, "… told: %.1f s%n", secondsSince(start));
        messages.forEach((channel, count) -> out.printf("messages to %s: %d%n", channel, count.get()));
    }

    private static void send(WireConfig wire) throws IOException {
        String topic = wire.kafka().topic(Topics.LINEAGE_REPORTS);
        try (var schemas = new SchemaRegistryClient(wire.schemaRegistry());
                var producer = new KafkaProducer<>(
                        wire.kafka().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            Serializer<LineageReport> serializer = new AvroSerde<>(LineageReport.class, schemas).serializer();
            var registry = new GeneratedRegistry(2 * FINDINGS + GeneratedRegistry.BASES, Instant.now());
            for (int finding = 0; finding < FINDINGS; finding++) {
                LineageReport report = registry.reportOnCopy(GeneratedRegistry.BASES + 2 * finding);
                String model = report.getRegistry() + "/" + report.getName();
                producer.send(new ProducerRecord<>(
                        topic,
                        Topics.partition(model, PARTITIONS),
                        report.getModelVersionId().getBytes(StandardCharsets.UTF_8),
                        serializer.serialize(topic, report)));
            }
        }
    }

    private static AlertsConfig config(WireConfig wire, Path state, int port) {
        var channels = new StringBuilder("channels:\n");
        CHANNELS.forEach(name -> channels.append(CHANNEL.formatted(name, port)));
        return new AlertsConfig(
                wire,
                ListenAddress.anyLoopbackPort(),
                null,
                AccessConfig.open(),
                state,
                PolicySource.of(PolicyFile.parse("policy.yaml", POLICY)),
                ChannelBook.of(ChannelsFile.parse("channels.yaml", channels.toString(), Map.of("SECRET", SECRET)::get)),
                null,
                RetryPolicy.standard());
    }

    private HttpServer receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                messages.getOrDefault(exchange.getRequestURI().getPath().substring(1), new AtomicInteger())
                        .incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
            }
        });
        server.start();
        return server;
    }

    private static void await(AlertsService service, String path, String field, int expected) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.uri().resolve(path)).build();
            long start = System.nanoTime();
            int found = -1;
            while (found != expected) {
                if (System.nanoTime() - start > WITHIN.toNanos()) {
                    throw new IllegalStateException(
                            path + field + ": expected " + expected + " within " + WITHIN + ", found " + found);
                }
                Thread.sleep(LOOK);
                found = new ObjectMapper()
                        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .at(field)
                        .asInt(-1);
            }
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
