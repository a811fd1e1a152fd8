package dev.forebear.runtime;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Asks the service in the same container whether it is ready: a health check for images without any other HTTP client.
 * The exit code is 0 when it is and 1 when it is not.
 */
public final class HealthProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private HealthProbe() {}

    /** Reads {@code FOREBEAR_LISTEN}, like the service itself. */
    public static void main(String[] args) {
        String problem = problem(String.valueOf(System.getenv("FOREBEAR_LISTEN")));
        if (!problem.isEmpty()) {
            System.err.println(problem);
            System.exit(1);
        }
    }

    /** Why a service that listens there is not ready; empty when it is. */
    static String problem(String listen) {
        try {
            ListenAddress address = ListenAddress.parse(listen);
            URI ready = URI.create(address.loopback() + "/health/ready");
            var connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout((int) TIMEOUT.toMillis());
            connection.setReadTimeout((int) TIMEOUT.toMillis());
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK ? "" : ready + ": expected status 200, found " + status;
        } catch (IOException | IllegalArgumentException e) {
            return "health of " + listen + ": " + e.getMessage();
        }
    }
}
