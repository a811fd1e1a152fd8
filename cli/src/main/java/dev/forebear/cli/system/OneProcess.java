package dev.forebear.cli.system;

import dev.forebear.alerts.AlertsConfig;
import dev.forebear.alerts.AlertsService;
import dev.forebear.ingest.IngestConfig;
import dev.forebear.ingest.IngestService;
import dev.forebear.match.MatchConfig;
import dev.forebear.match.MatchService;
import dev.forebear.platform.EmbeddedPlatform;
import dev.forebear.platform.EmbeddedPlatformConfig;
import dev.forebear.platform.PlatformException;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.Retentions;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.worker.WorkerConfig;
import dev.forebear.worker.WorkerService;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A broker, a schema registry, an S3 endpoint and the four services in this process. The services are configured
 * through the variables that they read in a cluster; only the addresses are ours.
 */
public final class OneProcess implements AutoCloseable {

    public static final String S3_ACCESS_KEY = "forebear";
    public static final String MODELS_BUCKET = "models";

    private static final int PARTITIONS = 4;
    private static final String STATE = "FOREBEAR_STATE";

    private final ResourceStack resources;
    private final EmbeddedPlatform platform;
    private final Secret s3Secret;
    private final MatchService match;
    private final AlertsService alerts;
    private final IngestService ingest;
    private final List<URI> healthAddresses;

    private OneProcess(
            ResourceStack resources,
            EmbeddedPlatform platform,
            Secret s3Secret,
            MatchService match,
            AlertsService alerts,
            IngestService ingest,
            List<URI> healthAddresses) {
        this.resources = resources;
        this.platform = platform;
        this.s3Secret = s3Secret;
        this.match = match;
        this.alerts = alerts;
        this.ingest = ingest;
        this.healthAddresses = healthAddresses;
    }

    /**
     * Starts everything, in order; returns when all ports are open.
     *
     * @param data folder that everything is kept in
     * @param variables settings of the services, as their processes would read them; addresses are added
     */
    public static OneProcess start(Path data, Ports ports, Map<String, String> variables) {
        var retentions =
                new Environment(variables).read(settings -> Retentions.read(settings::optional, settings::problem));
        var resources = new ResourceStack();
        try {
            var folder = data.toAbsolutePath();
            var secret = S3Secret.in(folder);
            var platform = resources.add(EmbeddedPlatform.start(new EmbeddedPlatformConfig(
                    folder, ports.kafka(), ports.schemaRegistry(), ports.s3(), S3_ACCESS_KEY, secret.reveal())));
            platform.createBucket(MODELS_BUCKET);
            new TopicAdmin(KafkaConfig.of(platform.bootstrapServers())).create(PARTITIONS, (short) 1, retentions);
            return services(resources, platform, secret, ports, settings(variables, platform, secret, folder));
        } catch (PlatformException e) {
            resources.close();
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static Map<String, String> settings(
            Map<String, String> variables, EmbeddedPlatform platform, Secret secret, Path data) {
        var settings = new HashMap<>(variables);
        settings.put("FOREBEAR_KAFKA", platform.bootstrapServers());
        settings.put("FOREBEAR_SCHEMA_REGISTRY", platform.schemaRegistryUrl().toString());
        settings.put("FOREBEAR_TOPIC_PREFIX", "");
        settings.put("FOREBEAR_S3_ENDPOINT", platform.s3Endpoint().toString());
        settings.put("FOREBEAR_S3_ACCESS_KEY", S3_ACCESS_KEY);
        settings.put("FOREBEAR_S3_SECRET_KEY", secret.reveal());
        settings.put(STATE, data.toString());
        settings.computeIfAbsent(
                "FOREBEAR_REGISTRIES", none -> NoRegistries.in(data).toString());
        return settings;
    }

    /** The services do not wait for each other, so they start side by side. */
    private static OneProcess services(
            ResourceStack resources,
            EmbeddedPlatform platform,
            Secret secret,
            Ports ports,
            Map<String, String> settings) {
        var match = started(
                () -> MatchService.start(environment(settings, "matcher", 0).read(MatchConfig::fromEnvironment)));
        var worker = started(
                () -> WorkerService.start(environment(settings, "worker", 0).read(WorkerConfig::fromEnvironment)));
        var alerts = started(() -> AlertsService.start(
                environment(settings, "alerts", ports.dashboard()).read(AlertsConfig::fromEnvironment)));
        var ingest = started(() -> IngestService.start(
                environment(settings, "ingest", ports.webhooks()).read(IngestConfig::fromEnvironment)));
        var all = List.of(match, worker, alerts, ingest);
        all.forEach(service -> service.handle((started, failure) -> started == null ? null : resources.add(started)));
        try {
            all.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            all.forEach(service -> service.exceptionally(failure -> null).join());
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return new OneProcess(
                resources,
                platform,
                secret,
                match.join(),
                alerts.join(),
                ingest.join(),
                List.of(
                        health(match.join().port()),
                        health(worker.join().port()),
                        health(alerts.join().port()),
                        health(ingest.join().port())));
    }

    private static Environment environment(Map<String, String> settings, String service, int port) {
        var own = new HashMap<>(settings);
        own.put(
                STATE,
                Path.of(settings.getOrDefault(STATE, "")).resolve(service).toString());
        own.put("FOREBEAR_LISTEN", "127.0.0.1:" + port);
        return new Environment(own);
    }

    private static <S> CompletableFuture<S> started(Callable<S> start) {
        var started = new CompletableFuture<S>();
        Thread.ofPlatform().name("start").start(() -> {
            try {
                started.complete(start.call());
            } catch (Exception e) {
                started.completeExceptionally(e);
            }
        });
        return started;
    }

    private static URI health(int port) {
        return URI.create("http://127.0.0.1:" + port + "/health/ready");
    }

    public URI dashboard() {
        return URI.create("http://localhost:" + alerts.port());
    }

    /** A link that lets an admin in once, secret as it is; empty when there is another way. */
    public Optional<URI> firstSignInLink() {
        return alerts.firstSignInLink().map(link -> dashboard().resolve(link.getPath()));
    }

    /** Address that the webhook of a registry posts to. */
    public URI webhooks(String alias) {
        return URI.create("http://localhost:" + ingest.port() + "/hooks/" + alias);
    }

    public URI webhooks() {
        return URI.create("http://localhost:" + ingest.port());
    }

    public EmbeddedPlatform platform() {
        return platform;
    }

    public Secret s3Secret() {
        return s3Secret;
    }

    /** Who gave up and why, once somebody has: then a supervisor had better start the process anew. */
    public CompletableFuture<String> gaveUp() {
        return CompletableFuture.anyOf(
                        platform.gaveUp()
                                .thenApply(reason -> "Kafka gave up: " + reason)
                                .toCompletableFuture(),
                        match.gaveUp()
                                .thenApply(reason -> "the matcher gave up: " + reason)
                                .toCompletableFuture())
                .thenApply(String.class::cast);
    }

    /** What each service answers about its readiness. */
    public List<URI> healthAddresses() {
        return healthAddresses;
    }

    @Override
    public void close() {
        resources.close();
    }
}
