package dev.forebear.alerts;

import dev.forebear.alerts.access.AccessConfig;
import dev.forebear.alerts.delivery.ChannelBook;
import dev.forebear.alerts.delivery.RetryPolicy;
import dev.forebear.alerts.policy.PolicyFile;
import dev.forebear.runtime.ConfigurationException;
import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.WireConfig;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the alerts service.
 *
 * @param wire Kafka and the schema registry
 * @param listen {@code FOREBEAR_LISTEN}: where the page is served
 * @param publicUrl {@code FOREBEAR_PUBLIC_URL}: address of the page as people reach it, for the links in messages; null
 *     for the address it listens on
 * @param access who is let in, and how
 * @param state {@code FOREBEAR_STATE}: folder of the read model, of one process alone; may be lost at any time
 * @param policy the file {@code FOREBEAR_POLICY}, or the standard policy
 * @param channels the file {@code FOREBEAR_CHANNELS}, or none: alerts are on the page only
 * @param linkKey {@code FOREBEAR_LINK_KEY}: proves the links by which recipients end mail; null for no such links
 * @param retry how long channels are tried
 */
public record AlertsConfig(
        WireConfig wire,
        ListenAddress listen,
        @Nullable URI publicUrl,
        AccessConfig access,
        Path state,
        PolicySource policy,
        ChannelBook channels,
        @Nullable Secret linkKey,
        RetryPolicy retry) {

    /** Where the page is served unless configured otherwise. */
    public static final ListenAddress DEFAULT_LISTEN = new ListenAddress("127.0.0.1", 8080);

    public AlertsConfig {
        access.requireSafe(listen);
    }

    /** Reads the variables and the files they name; problems are left in the environment. */
    public static AlertsConfig fromEnvironment(Environment environment) {
        return new AlertsConfig(
                WireConfig.read(environment::optional, environment::secretText, environment::problem),
                environment.listenAddress("FOREBEAR_LISTEN", DEFAULT_LISTEN),
                environment.optional("FOREBEAR_PUBLIC_URL") == null
                        ? null
                        : environment.uri("FOREBEAR_PUBLIC_URL", URI.create("http://localhost")),
                AccessConfig.fromEnvironment(environment),
                state(environment),
                policy(environment),
                channels(environment),
                environment.secret("FOREBEAR_LINK_KEY"),
                RetryPolicy.standard());
    }

    private static Path state(Environment environment) {
        Path folder = environment.path("FOREBEAR_STATE");
        return folder == null ? Path.of(System.getProperty("java.io.tmpdir"), "forebear-alerts") : folder;
    }

    private static PolicySource policy(Environment environment) {
        Path file = environment.path("FOREBEAR_POLICY");
        try {
            return file == null ? PolicySource.of(PolicyFile.standard()) : PolicySource.file(file);
        } catch (ConfigurationException e) {
            e.problems().forEach(environment::problem);
            return PolicySource.of(PolicyFile.standard());
        }
    }

    private static ChannelBook channels(Environment environment) {
        Path file = environment.path("FOREBEAR_CHANNELS");
        try {
            return file == null ? ChannelBook.empty() : ChannelBook.read(file, environment::optional);
        } catch (ConfigurationException e) {
            e.problems().forEach(environment::problem);
            return ChannelBook.empty();
        }
    }
}
