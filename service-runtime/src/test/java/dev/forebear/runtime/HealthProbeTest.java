package dev.forebear.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthProbeTest {

    @Test
    void isContentWithAServiceThatIsReady() {
        assertThat(problem(Optional.empty())).isEmpty();
    }

    @Test
    void saysThatAServiceIsNotReady() {
        assertThat(problem(Optional.of("no broker"))).contains("expected status 200, found 503");
    }

    @Test
    void saysThatNothingListens() {
        assertThat(HealthProbe.problem("127.0.0.1:9")).startsWith("health of 127.0.0.1:9: ");
    }

    @Test
    void saysThatTheAddressIsNone() {
        assertThat(HealthProbe.problem("null")).contains("expected host:port, found 'null'");
    }

    private static String problem(Optional<String> check) {
        try (var metrics = new Metrics("example");
                var listener = HttpListener.start(
                        ListenAddress.anyLoopbackPort(),
                        HttpListener.DEFAULT_MAX_REQUEST_BYTES,
                        metrics,
                        List.of(new HealthCheck("kafka", () -> check)),
                        routes -> {})) {
            return HealthProbe.problem("0.0.0.0:" + listener.port());
        }
    }
}
