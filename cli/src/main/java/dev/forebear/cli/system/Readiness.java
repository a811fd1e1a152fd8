package dev.forebear.cli.system;

import dev.forebear.runtime.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Waits until services say themselves that they are ready, as a load balancer would. */
public final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private Readiness() {}

    /** @throws ConfigurationException when one is not ready in time, with its own words */
    public static void await(List<URI> healthAddresses, Duration timeout) throws InterruptedException {
        await(healthAddresses, timeout, new CompletableFuture<>());
    }

    /**
     * The same, but no longer than until somebody gives up.
     *
     * @param gaveUp who and why
     * @throws ConfigurationException when that happens, too
     */
    static void await(List<URI> healthAddresses, Duration timeout, CompletableFuture<String> gaveUp)
            throws InterruptedException {
        var deadline = Instant.now().plus(timeout);
        try (var client =
                HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build()) {
            for (var address : healthAddresses) {
                var answer = ask(client, address);
                while (!answer.isEmpty()) {
                    String reason = gaveUp.getNow("");
                    if (!reason.isEmpty()) {
                        throw new ConfigurationException(reason);
                    }
                    if (Instant.now().isAfter(deadline)) {
                        throw new ConfigurationException(address + ": expected to be ready within "
                                + timeout.toSeconds() + " s, found " + answer);
                    }
                    Thread.sleep(PAUSE);
                    answer = ask(client, address);
                }
            }
        }
    }

    /** Empty when ready, else what it says. */
    private static String ask(HttpClient client, URI address) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(address).timeout(REQUEST_TIMEOUT).build();
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? "" : response.body();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
