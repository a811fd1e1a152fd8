package dev.forebear.alerts.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON and reads what the answer means. Follows no redirect, waits no longer than its timeout however slowly the
 * other side talks, and never shows the address, which may be a secret. Thread-safe.
 */
final class HttpPost {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Duration timeout;

    HttpPost(Duration timeout) {
        this.timeout = timeout;
    }

    Answer send(URI address, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Forebear")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request.build(), FirstBytes.handler());
        try {
            return answer(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Answer.Postponed("no answer within " + timeout.toSeconds() + " s", null);
        } catch (ExecutionException e) {
            return new Answer.Postponed(words(e.getCause()), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Postponed("the service stopped before the answer came", null);
        } finally {
            exchange.cancel(true);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        String detail = response.body().isBlank() ? String.valueOf(status) : status + ": " + response.body();
        if (status / 100 == 2) {
            return new Answer.Accepted(null);
        }
        boolean mayPass = status / 100 == 5 || status == 429 || status == 408 || status == 425;
        return mayPass ? new Answer.Postponed(detail, retryAfter(response)) : new Answer.Refused(detail);
    }

    /** Retry-After in seconds or as a date (RFC 9110, 10.2.3), at most an hour; null when absent or malformed. */
    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        String value = response.headers().firstValue("Retry-After").orElse("").strip();
        try {
            Duration wait = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() || wait.compareTo(LONGEST_RETRY_AFTER) < 0
                    ? (wait.isNegative() ? Duration.ZERO : wait)
                    : LONGEST_RETRY_AFTER;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    // Messages of these exceptions may hold the address; their kinds say enough.
    private static String words(@Nullable Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException e -> "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s";
            case HttpTimeoutException e -> "no answer in time";
            case ConnectException e -> "no connection";
            case SSLException e -> "no TLS connection";
            case IOException e -> "the connection broke";
            case null, default -> "the request failed";
        };
    }
}
