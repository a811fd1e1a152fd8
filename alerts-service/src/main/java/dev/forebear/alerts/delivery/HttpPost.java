package dev.forebear.alerts.delivery;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON and reads what the answer means. Follows no redirect, waits no longer than its timeout however slowly the
 * other side talks, and never shows the address, which may be a secret. Thread-safe.
 */
final class HttpPost {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);
    private static final MediaType JSON = MediaType.get("application/json");
    /** Slack repeats the message in its answer. */
    private static final int MAX_ANSWER_BYTES = 256 << 10;

    private static final String RETRY_AFTER = "Forebear-Retry-After";

    private final OkHttpClient client;
    private final Duration timeout;

    HttpPost(Duration timeout) {
        this(timeout, new OkHttpClient.Builder());
    }

    private HttpPost(Duration timeout, OkHttpClient.Builder builder) {
        this.timeout = timeout;
        // Nothing is sent twice behind our back, and no connection is kept that may be stale by the next message.
        this.client = builder.callTimeout(timeout)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .addNetworkInterceptor(HttpPost::hideRetryAfter)
                .build();
    }

    // The library would send again by itself when it is told to wait for no time, and fails when a number is too long.
    private static Response hideRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String value = response.header("Retry-After");
        return value == null
                ? response
                : response.newBuilder()
                        .removeHeader("Retry-After")
                        .header(RETRY_AFTER, value)
                        .build();
    }

    /** One that sends nothing once it finds itself connected to an address that is not of the public internet. */
    static HttpPost toThePublic(Duration timeout) {
        return new HttpPost(timeout, new OkHttpClient.Builder().addNetworkInterceptor(new PublicPeers()));
    }

    /**
     * What was answered.
     *
     * @param retryAfter at most an hour; null when absent or malformed
     * @param body its beginning
     */
    record Reply(int status, @Nullable Duration retryAfter, String body) {

        /** Status and the beginning of the body. */
        String detail() {
            String line = Detail.of(body);
            return line.isEmpty() ? String.valueOf(status) : status + ": " + line;
        }
    }

    /** Posts, and takes 2xx as accepted, what may pass as postponed, and the rest as refused. */
    Answer send(URI address, Map<String, String> headers, byte[] body) {
        return send(address, headers, body, HttpPost::answer);
    }

    /** Posts; the reader says what an answer means. */
    Answer send(URI address, Map<String, String> headers, byte[] body, Function<Reply, Answer> reader) {
        Request.Builder request = new Request.Builder()
                .url(address.toString())
                .header("User-Agent", "Forebear")
                .post(RequestBody.create(body, JSON));
        headers.forEach(request::header);
        try (Response response = client.newCall(request.build()).execute()) {
            byte[] bytes = response.body().byteStream().readNBytes(MAX_ANSWER_BYTES);
            return reader.apply(
                    new Reply(response.code(), retryAfter(response), new String(bytes, StandardCharsets.UTF_8)));
        } catch (PublicPeers.PrivatePeerException e) {
            return new Answer.Refused(null, "a private address, which 'private-addresses: true' would allow");
        } catch (IOException e) {
            return new Answer.Postponed(null, words(e), null);
        }
    }

    /** What a status means. */
    static Answer answer(Reply reply) {
        if (reply.status() / 100 == 2) {
            return new Answer.Accepted(reply.status(), null, null);
        }
        return mayPass(reply.status())
                ? new Answer.Postponed(reply.status(), reply.detail(), reply.retryAfter())
                : new Answer.Refused(reply.status(), reply.detail());
    }

    static boolean mayPass(int status) {
        return status / 100 == 5 || status == 429 || status == 408 || status == 425;
    }

    /** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
    private static @Nullable Duration retryAfter(Response response) {
        String value = String.valueOf(response.header(RETRY_AFTER)).strip();
        try {
            Duration wait = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            Instant.now(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative()
                    ? Duration.ZERO
                    : wait.compareTo(LONGEST_RETRY_AFTER) < 0 ? wait : LONGEST_RETRY_AFTER;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    // Messages of these exceptions may hold the address; their kinds say enough.
    private String words(IOException failure) {
        return switch (failure) {
            case InterruptedIOException e -> "no answer within " + timeout.toSeconds() + " s";
            case UnknownHostException e -> "no such host";
            case ConnectException e -> "no connection";
            case NoRouteToHostException e -> "no connection";
            case SSLException e -> "no TLS connection";
            default -> "the connection broke";
        };
    }
}
