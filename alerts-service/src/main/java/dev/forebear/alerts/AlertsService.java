package dev.forebear.alerts;

import dev.forebear.alerts.access.AccessControl;
import dev.forebear.alerts.access.AcknowledgedWriter;
import dev.forebear.alerts.api.ApiRoutes;
import dev.forebear.alerts.delivery.Deliveries;
import dev.forebear.alerts.delivery.DeliveryWriter;
import dev.forebear.alerts.delivery.Links;
import dev.forebear.alerts.delivery.ReplyRoutes;
import dev.forebear.alerts.delivery.UnsubscribeKey;
import dev.forebear.alerts.page.Assets;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.Records;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.runtime.HealthCheck;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.runtime.ServiceProcess;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AlertAction;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.EmailPreference;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.PolicyApplication;
import dev.forebear.schemas.wire.PolicyException;
import dev.forebear.schemas.wire.PolicyVersion;
import dev.forebear.schemas.wire.QuarantinedModel;
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
    private final Optional<URI> firstSignInLink;

    private AlertsService(ResourceStack resources, HttpListener listener, Optional<URI> firstSignInLink) {
        this.resources = resources;
        this.listener = listener;
        this.firstSignInLink = firstSignInLink;
    }

    public static void main(String[] args) {
        ServiceProcess.run(NAME, AlertsConfig::fromEnvironment, config -> {
            AlertsService service = start(config);
            service.firstSignInLink()
                    .ifPresent(link -> ServiceProcess.tell("Sign in as admin, once within a day: " + link));
            return service;
        });
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
        var readModel = resources.add(ReadModel.open(config.state().resolve("alerts.db")));
        var follower = resources.add(TopicFollower.start(kafka, schemas, readModel));
        catchUp(follower::catchUp);
        var reachedAt = new AtomicReference<>(address(config, config.listen().loopback()));
        var access = resources.add(
                AccessControl.start(config.access(), kafka, schemas, readModel, follower, reachedAt::get));
        var records = resources.add(new Records(kafka, schemas));
        var sending = new AtomicReference<Deliveries>();
        var api = new ApiRoutes(new ApiRoutes.Surroundings(
                readModel,
                records,
                access.access(),
                access.audit(),
                resources.add(new AcknowledgedWriter(kafka, schemas)),
                config.policy(),
                new Counting(kafka, schemas, readModel, InstantSource.system()),
                sending::get,
                InstantSource.system()));
        var assets = Assets.load();
        var writer = resources.add(new DeliveryWriter(kafka, schemas, follower));
        var unsubscribing = config.linkKey() == null ? null : new UnsubscribeKey(config.linkKey());
        var replies = new ReplyRoutes(config.channels(), unsubscribing, readModel, writer, InstantSource.system());
        var started = new AtomicReference<Decisions>();
        var listener = resources.add(HttpListener.start(
                config.listen(),
                HttpListener.DEFAULT_MAX_REQUEST_BYTES,
                metrics,
                List.of(
                        new HealthCheck("read-model", follower::problem),
                        new HealthCheck("decisions", () -> problem(started.get())),
                        new HealthCheck("policy", config.policy()::problem)),
                javalin -> {
                    access.routes().addTo(javalin);
                    api.addTo(javalin);
                    replies.addTo(javalin);
                    assets.addTo(javalin);
                }));
        URI address = address(config, listener.uri());
        reachedAt.set(address);
        var ownership = new Ownership(new TopicAdmin(kafka).partitions(Topics.LINEAGE_REPORTS));
        var deliveries = resources.add(Deliveries.start(
                config.channels(),
                new Links(address, unsubscribing),
                readModel,
                writer,
                ownership::ownsChannel,
                config.retry(),
                metrics.registry()));
        sending.set(deliveries);
        var alerts = resources.add(new AlertWriter(kafka, schemas, follower, metrics.registry()));
        var decisions = resources.add(Decisions.start(
                new Decisions.Surroundings(
                        kafka, schemas, readModel, follower, alerts, ownership, InstantSource.system()),
                config.policy(),
                deliveries));
        started.set(decisions);
        return new AlertsService(resources, listener, access.firstSignInPath().map(address::resolve));
    }

    /** Where people reach the page. */
    private static URI address(AlertsConfig config, URI listening) {
        return config.publicUrl() == null ? listening : config.publicUrl();
    }

    private static void catchUp(CatchUp follower) throws InterruptedException {
        if (!follower.within(CATCH_UP_TIMEOUT)) {
            throw new IllegalStateException("the topics could not be read to their end within " + CATCH_UP_TIMEOUT);
        }
    }

    private interface CatchUp {
        boolean within(Duration timeout) throws InterruptedException;
    }

    private static Optional<String> problem(@Nullable Decisions decisions) {
        return decisions == null ? Optional.of("starting") : decisions.problem();
    }

    // Before the first report, so that a registry which refuses our schemas is noticed by who starts the service.
    private static void register(SchemaRegistryClient schemas, KafkaConfig kafka) {
        schemas.register(Topics.LINEAGE_ALERTS.subject(kafka.topicPrefix()), LineageAlert.getClassSchema());
        schemas.register(Topics.ALERT_ACTIONS.subject(kafka.topicPrefix()), AlertAction.getClassSchema());
        schemas.register(Topics.EMAIL_PREFERENCES.subject(kafka.topicPrefix()), EmailPreference.getClassSchema());
        schemas.register(Topics.ALERT_DELIVERIES.subject(kafka.topicPrefix()), AlertDelivery.getClassSchema());
        schemas.register(Topics.API_TOKENS.subject(kafka.topicPrefix()), ApiToken.getClassSchema());
        schemas.register(Topics.AUDIT_ENTRIES.subject(kafka.topicPrefix()), AuditEntry.getClassSchema());
        schemas.register(Topics.POLICY_VERSIONS.subject(kafka.topicPrefix()), PolicyVersion.getClassSchema());
        schemas.register(Topics.POLICY_EXCEPTIONS.subject(kafka.topicPrefix()), PolicyException.getClassSchema());
        schemas.register(Topics.POLICY_APPLICATIONS.subject(kafka.topicPrefix()), PolicyApplication.getClassSchema());
        schemas.register(Topics.QUARANTINED_MODELS.subject(kafka.topicPrefix()), QuarantinedModel.getClassSchema());
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

    /** A link that lets an admin in once, secret as it is; empty when there is another way. */
    public Optional<URI> firstSignInLink() {
        return firstSignInLink;
    }

    /** Stops taking reports, lets deliveries under way finish, and leaves what is still owed to the next start. */
    @Override
    public void close() {
        resources.close();
    }
}
