package dev.forebear.ingest;

import dev.forebear.ingest.completion.Completion;
import dev.forebear.ingest.completion.CompletionConsumer;
import dev.forebear.ingest.listing.Listings;
import dev.forebear.ingest.listing.Relisting;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.reconcile.Reconciliation;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.source.EventSources;
import dev.forebear.ingest.status.RegistryTallies;
import dev.forebear.runtime.HealthCheck;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.ServiceProcess;
import dev.forebear.schemas.DeadLetters;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Receives the webhooks of model registries and publishes the uploads they announce. */
public final class IngestService implements AutoCloseable {

    private static final String NAME = "ingest-service";

    private final ResourceStack resources;
    private final HttpListener listener;

    private IngestService(ResourceStack resources, HttpListener listener) {
        this.resources = resources;
        this.listener = listener;
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, IngestConfig::fromEnvironment, IngestService::start);
    }

    /**
     * Starts the service and returns when the broker and the schema registry have answered and the port is open.
     *
     * @throws dev.forebear.schemas.TopicException when the topics are not as declared
     * @throws dev.forebear.runtime.ConfigurationException when the port cannot be opened
     */
    public static IngestService start(IngestConfig config) {
        return start(config, Clock.systemUTC());
    }

    static IngestService start(IngestConfig config, InstantSource clock) {
        var resources = new ResourceStack();
        try {
            new TopicAdmin(config.kafka()).verify();
            var metrics = resources.add(new Metrics(NAME));
            var registry = resources.add(new SchemaRegistryClient(config.schemaRegistry()));
            var publisher = resources.add(new Publisher(config.kafka(), registry, config.deliveryTimeout()));
            publisher.connect();
            var tallies = resources.add(
                    new RegistryTallies(config.registrations(), config.instance(), clock, publisher::tell));
            var reconciliation = resources.add(new Reconciliation(
                    config.registrations(),
                    config.reconciliation(),
                    config.kafka(),
                    registry,
                    publisher,
                    Listings::of,
                    Clock.systemUTC()));
            var reception = new Reception(publisher, wishes(metrics, reconciliation), clock);
            var books = new Bookkeeping(tallies, metrics);
            var routes = new WebhookRoutes(senders(config.registrations()), reception, tallies, books, clock);
            var completion = resources.add(completion(config, registry, publisher, metrics));
            var started = new CompletableFuture<HttpListener>();
            var access = new OperatorAccess(config.operatorToken());
            var backfills = new BackfillRoutes(reconciliation, access);
            var asked = new RegistryRoutes(
                    byAlias(config.registrations()), access, alias -> hook(started.join(), alias), clock);
            var listener = resources.add(HttpListener.start(
                    config.listen(),
                    WebhookRoutes.MAX_BODY_BYTES,
                    metrics,
                    List.of(
                            new HealthCheck("kafka", publisher::problem),
                            new HealthCheck("completion", completion::problem)),
                    javalin -> {
                        routes.addTo(javalin);
                        asked.addTo(javalin);
                        backfills.addTo(javalin);
                    }));
            started.complete(listener);
            resources.add(EventSources.start(
                    config.registrations(),
                    new FetchedEvents(config.registrations(), reception, books),
                    new DeadLetters(NAME, clock),
                    clock,
                    metrics));
            return new IngestService(resources, listener);
        } catch (RuntimeException e) {
            resources.close();
            throw e;
        }
    }

    private static CompletionConsumer completion(
            IngestConfig config, SchemaRegistryClient registry, Publisher publisher, Metrics metrics) {
        // Folders are quiet by the time that their records bear, which is this machine's.
        Clock clock = Clock.systemUTC();
        var completion = new Completion(
                config.completion(),
                byAlias(config.registrations()),
                registry,
                publisher,
                new DeadLetters(NAME, clock),
                metrics);
        return CompletionConsumer.start(config.kafka(), completion, clock);
    }

    private static Relisting wishes(Metrics metrics, Reconciliation reconciliation) {
        return alias -> {
            metrics.registry()
                    .counter("forebear.listings.wanted", "alias", alias)
                    .increment();
            reconciliation.soon(alias);
        };
    }

    private static Map<String, Registration> byAlias(List<Registration> registrations) {
        return registrations.stream().collect(Collectors.toMap(Registration::alias, Function.identity()));
    }

    private static URI hook(HttpListener listener, String alias) {
        return listener.uri().resolve("/hooks/" + alias);
    }

    private static Map<String, Sender> senders(List<Registration> registrations) {
        return registrations.stream().collect(Collectors.toMap(Registration::alias, Sender::of));
    }

    /** The port that was opened. */
    public int port() {
        return listener.port();
    }

    /**
     * The address to which a registry on this machine posts, for example {@code http://127.0.0.1:8090/hooks/internal}.
     */
    public URI hook(String alias) {
        return hook(listener, alias);
    }

    @Override
    public void close() {
        resources.close();
    }
}
