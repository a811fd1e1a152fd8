package dev.forebear.match;

import dev.forebear.runtime.HealthCheck;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.ServiceProcess;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;

/** The matcher: one or many instances share the shards of the fingerprint table. */
public final class MatchService implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final ResourceStack resources;
    private final HttpListener http;
    private final StreamFailures failures;

    private MatchService(ResourceStack resources, HttpListener http, StreamFailures failures) {
        this.resources = resources;
        this.http = http;
        this.failures = failures;
    }

    public static void main(String[] args) {
        ServiceProcess.run("match-service", MatchConfig::fromEnvironment, MatchService::start);
    }

    /**
     * Checks the topics, then joins; returns when the port is open. Shards are read back in the background, and
     * {@code /health/ready} tells when that is done.
     *
     * @throws dev.forebear.schemas.TopicException when the topics are not as declared
     */
    public static MatchService start(MatchConfig config) {
        var admin = new TopicAdmin(config.wire().kafka());
        admin.verify();
        int shards = admin.partitions(Topics.MODEL_FINGERPRINTS);
        var resources = new ResourceStack();
        try {
            var registry = resources.add(new SchemaRegistryClient(config.wire().schemaRegistry()));
            var metrics = resources.add(new Metrics("match-service"));
            var failures = new StreamFailures();
            var streams = streams(config, shards, registry);
            streams.setUncaughtExceptionHandler(failures);
            resources.add(() -> streams.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                    .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)));
            var http = resources.add(HttpListener.start(
                    config.listen(),
                    HttpListener.DEFAULT_MAX_REQUEST_BYTES,
                    metrics,
                    List.of(new HealthCheck("shards", () -> failures.problem(streams.state()))),
                    routes -> {}));
            streams.start();
            return new MatchService(resources, http, failures);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    /** Port of health and metrics. */
    public int port() {
        return http.port();
    }

    /** Why no shard is searched any more, once that is so. */
    public CompletionStage<String> gaveUp() {
        return failures.gaveUp();
    }

    @Override
    public void close() {
        resources.close();
    }

    private static KafkaStreams streams(MatchConfig config, int shards, SchemaRegistryClient registry) {
        var prefix = config.wire().kafka().topicPrefix();
        var serdes = new LineageTopology.ValueSerdes(
                new AvroSerde<>(ModelFingerprint.class, registry),
                new AvroSerde<>(LineageQuery.class, registry),
                new AvroSerde<>(LineageCandidates.class, registry),
                new AvroSerde<>(LineageReport.class, registry),
                new AvroSerde<>(ConfirmationRequest.class, registry),
                new AvroSerde<>(Confirmation.class, registry),
                new AvroSerde<>(ModelChanged.class, registry));
        var topology = new LineageTopology(prefix, shards, serdes).get();
        var outlet = DeadLetteringHandler.Outlet.of(
                prefix,
                new DeadLetters("match-service", InstantSource.system()),
                new AvroSerde<>(DeadLetter.class, registry).serializer());
        return new KafkaStreams(topology, StreamsSettings.of(config, outlet));
    }
}
