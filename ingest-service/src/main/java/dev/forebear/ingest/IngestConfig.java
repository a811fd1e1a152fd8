package dev.forebear.ingest;

import dev.forebear.ingest.completion.CompletionConfig;
import dev.forebear.ingest.reconcile.ReconcileConfig;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistrationsFile;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.WireConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the ingest service.
 *
 * @param listen {@code FOREBEAR_LISTEN}
 * @param registrations the file {@code FOREBEAR_REGISTRIES}
 * @param deliveryTimeout {@code FOREBEAR_DELIVERY_TIMEOUT}: how long a webhook waits for the broker before it is
 *     answered 503; shorter than the sender's own timeout
 * @param instance {@code FOREBEAR_INSTANCE}: which of several processes this is, the same after a restart; the name of
 *     the host unless configured otherwise
 * @param completion when a folder of a bucket counts as a model
 * @param operatorToken {@code FOREBEAR_OPERATOR_TOKEN}: opens what only the operator may ask for to other machines;
 *     null when programs of this machine may
 * @param reconciliation how registries are listed
 */
public record IngestConfig(
        KafkaConfig kafka,
        SchemaRegistryConfig schemaRegistry,
        ListenAddress listen,
        List<Registration> registrations,
        Duration deliveryTimeout,
        String instance,
        CompletionConfig completion,
        @Nullable Secret operatorToken,
        ReconcileConfig reconciliation) {

    /** Where webhooks are received unless configured otherwise. */
    public static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 8090);

    /** MLflow gives up after 30 s, distribution after 1 s; most senders wait for 5 to 10. */
    public static final Duration DEFAULT_DELIVERY_TIMEOUT = Duration.ofSeconds(5);

    public IngestConfig {
        registrations = List.copyOf(registrations);
        if (registrations.stream().map(Registration::alias).distinct().count() != registrations.size()) {
            throw new IllegalArgumentException("registries: expected every alias once");
        }
        if (deliveryTimeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("delivery timeout: expected at least 100 ms, found " + deliveryTimeout);
        }
    }

    /** Reads the variables; problems are left in the environment. */
    public static IngestConfig fromEnvironment(Environment environment) {
        WireConfig wire = WireConfig.read(environment::optional, environment::secretText, environment::problem);
        return new IngestConfig(
                wire.kafka(),
                wire.schemaRegistry(),
                environment.listenAddress("FOREBEAR_LISTEN", DEFAULT_LISTEN),
                registrations(environment),
                environment.duration("FOREBEAR_DELIVERY_TIMEOUT", DEFAULT_DELIVERY_TIMEOUT),
                environment.text("FOREBEAR_INSTANCE", host()),
                CompletionConfig.fromEnvironment(environment),
                environment.secret("FOREBEAR_OPERATOR_TOKEN"),
                ReconcileConfig.fromEnvironment(environment));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static List<Registration> registrations(Environment environment) {
        Path file = environment.path("FOREBEAR_REGISTRIES");
        if (file == null) {
            environment.problem("FOREBEAR_REGISTRIES: expected a file of registries, found none");
            return List.of();
        }
        try {
            return RegistrationsFile.read(file, environment::optional);
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> environment.problem("FOREBEAR_REGISTRIES: " + problem));
            return List.of();
        }
    }
}
