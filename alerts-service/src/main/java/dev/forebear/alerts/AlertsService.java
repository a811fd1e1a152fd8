package dev.forebear.alerts;

import dev.forebear.alerts.access.Access;
import dev.forebear.alerts.access.AccessRoutes;
import dev.forebear.alerts.access.AuditTrail;
import dev.forebear.alerts.delivery.Couriers;
import dev.forebear.alerts.page.PageRoutes;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.alerts.projection.TopicFollower;
import dev.forebear.runtime.HealthCheck;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.ServiceProcess;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Turns lineage reports into alerts, tells people, and serves the page that shows it all. */
public final class AlertsService implements AutoCloseable {

    private static final String NAME = "alerts-service";
    /** A topic of millions of fingerprints takes minutes to read. */
    private static final Duration CATCH_UP_TIMEOUT = Duration.ofMinutes(30);

    private final ResourceStack resources;
    private final HttpListener listener;

    private AlertsService(ResourceStack resources, HttpListener listener) {
        this.resources = resources;
        this.listener = listener;
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, AlertsConfig::fromEnvironment, AlertsService::start);
    }

    /**
     * Starts the service; returns when the topics have been read to their end and the port is open. Reports are
     * processed from then on, and {@code /health/ready} tells when the first partitions were taken over.
     *
     * @throws dev.forebear.schemas.TopicException when the topics are not as declared
     * @throws dev.forebear.runtime.ConfigurationException when the port cannot be opened
     */
    public static AlertsService start(AlertsConfig config) throws InterruptedException {
        var resources = new ResourceStack();
        try {
            return start(config, resources);
        } catch (RuntimeException | InterruptedException e) {
            resources.close();
            throw e;
        }
    }

    private static AlertsService start(AlertsConfig config, ResourceStack resources) throws InterruptedException {
        KafkaConfig kafka = config.wire().kafka();
        new TopicAdmin(kafka).verify();
        var schemas = resources.add(new SchemaRegistryClient(config.wire().schemaRegistry()));
        register(schemas, kafka);
        var metrics = resources.add(new Metrics(NAME));
        var projection = new Projection();
        var follower = resources.add(TopicFollower.start(kafka, schemas, projection));
        if (!follower.catchUp(CATCH_UP_TIMEOUT)) {
            throw new IllegalStateException("the topics could not be read to their end within " + CATCH_UP_TIMEOUT);
        }
        var audit = resources.add(new AuditTrail(kafka, schemas));
        var access = new AccessRoutes(Access.open(audit));
        var page = new PageRoutes(projection, InstantSource.system());
        var started = new AtomicReference<ReportConsumer>();
        var listener = resources.add(HttpListener.start(
                config.listen(),
                HttpListener.DEFAULT_MAX_REQUEST_BYTES,
                metrics,
                List.of(
                        new HealthCheck("projection", follower::problem),
                        new HealthCheck("reports", () -> reportsProblem(started.get()))),
                javalin -> {
                    access.addTo(javalin);
                    page.addTo(javalin);
                }));
        var writer = resources.add(new AlertWriter(kafka, schemas, projection));
        URI address = config.publicUrl() == null ? listener.uri() : config.publicUrl();
        var couriers = resources.add(
                new Couriers(config.channels(), address, projection, writer, config.retry(), metrics.registry()));
        var processor = new ReportProcessor(
                config.policy(),
                new AvroSerde<>(LineageReport.class, schemas).deserializer(),
                projection,
                writer,
                couriers,
                metrics.registry());
        var consumer = resources.add(ReportConsumer.start(kafka, processor, follower, couriers));
        started.set(consumer);
        return new AlertsService(resources, listener);
    }

    private static Optional<String> reportsProblem(@Nullable ReportConsumer consumer) {
        return consumer == null ? Optional.of("starting") : consumer.problem();
    }

    // Before the first report, so that a registry which refuses our schemas is noticed by who starts the service.
    private static void register(SchemaRegistryClient schemas, KafkaConfig kafka) {
        schemas.register(Topics.LINEAGE_ALERTS.subject(kafka.topicPrefix()), LineageAlert.getClassSchema());
        schemas.register(Topics.ALERT_DELIVERIES.subject(kafka.topicPrefix()), AlertDelivery.getClassSchema());
        schemas.register(Topics.AUDIT_ENTRIES.subject(kafka.topicPrefix()), AuditEntry.getClassSchema());
        schemas.register(Topics.DEAD_LETTERS.subject(kafka.topicPrefix()), DeadLetter.getClassSchema());
    }

    /** Port of the page. */
    public int port() {
        return listener.port();
    }

    /** Address of the page on this machine. */
    public URI uri() {
        return listener.uri();
    }

    /** Stops taking reports, lets deliveries under way finish, and leaves what is still owed to the next start. */
    @Override
    public void close() {
        resources.close();
    }
}
