package dev.forebear.match;

import dev.forebear.runtime.Environment;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.schemas.WireConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the matcher.
 *
 * @param wire Kafka and the schema registry
 * @param listen where health and metrics are served
 * @param applicationId group of all matchers that share the work
 * @param stateDirectory scratch space; may be lost at any time
 * @param threads stream threads of this instance, at least 1
 * @param commitInterval how long results of a transaction may wait
 */
public record MatchConfig(
        WireConfig wire,
        ListenAddress listen,
        String applicationId,
        Path stateDirectory,
        int threads,
        Duration commitInterval) {

    public static MatchConfig fromEnvironment(Environment environment) {
        var state = environment.path("FOREBEAR_STATE");
        return new MatchConfig(
                WireConfig.read(environment::optional, environment::secretText, environment::problem),
                environment.listenAddress("FOREBEAR_LISTEN", new ListenAddress("127.0.0.1", 8092)),
                environment.text("FOREBEAR_APPLICATION_ID", "forebear-matcher"),
                state == null ? Path.of(System.getProperty("java.io.tmpdir"), "forebear-matcher") : state,
                environment.integer("FOREBEAR_THREADS", 1, 1, 64),
                environment.duration("FOREBEAR_COMMIT_INTERVAL", Duration.ofMillis(50)));
    }
}
