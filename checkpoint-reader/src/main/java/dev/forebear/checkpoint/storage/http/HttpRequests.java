package dev.forebear.checkpoint.storage.http;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Backoff;
import dev.forebear.checkpoint.storage.ReadMeter;
import dev.forebear.checkpoint.storage.http.Destinations.RefusedAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server: follows its redirects as far as {@link Destinations} allow, proves who asks to nobody
 * but itself, and repeats what is worth repeating. Safe for use by several threads.
 */
public final class HttpRequests implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final int IDLE_CONNECTIONS = 16;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);

    /** Ends what trickles in; 64 MB at 1 Mbit/s take as long. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(9);

    /** A server that wants a longer pause is left to whoever retries the whole checkpoint. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final String location;
    private final Login login;
    private final Meaning meaning;
    private final Backoff backoff;
    private final ReadMeter meter;
    private final Destinations destinations;
    private final OkHttpClient client;

    /**
     * @param location of the checkpoint, for messages
     * @param endpoint address of the server
     * @param login what proves to the server who asks
     * @param meaning of the server's own answers
     */
    public HttpRequests(
            String location, HttpUrl endpoint, Login login, Meaning meaning, Backoff backoff, ReadMeter meter) {
        this.location = location;
        this.login = login;
        this.meaning = meaning;
        this.backoff = backoff;
        this.meter = meter;
        this.destinations = new Destinations(endpoint, Dns.SYSTEM);
        this.client = client(destinations);
    }

    // A proxy would look names up again, and nobody would have checked what it finds.
    private static OkHttpClient client(Destinations destinations) {
        return new OkHttpClient.Builder()
                .dns(destinations)
                .proxy(Proxy.NO_PROXY)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(READ_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(true)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, 1, TimeUnit.MINUTES))
                .build();
    }

    /** A request that may be sent several times. */
    interface Attempt<T> {

        T send() throws IOException;
    }

    /** Sees the answers of the server itself, redirects included, before anything of their bodies is taken. */
    interface Inspection {

        void check(Headers headers) throws CheckpointException;
    }

    /**
     * A document that was read whole.
     *
     * @param url where it was found in the end
     */
    public record Document(byte[] bytes, Headers headers, HttpUrl url) {}

    /**
     * Reads a document.
     *
     * @param name of the document, for messages
     * @param accept media types that are understood
     * @param limit most bytes that are read
     * @throws CheckpointException when the server refuses it or it is larger
     * @throws IOException when the server gave no answer in the last attempt either
     */
    public Document document(String name, HttpUrl url, String accept, int limit) throws IOException {
        return document(name, url, accept, limit, login);
    }

    /** Reads a document of a server that this one named, to which {@code other} proves who asks. */
    public Document documentElsewhere(String name, HttpUrl url, @Nullable Authorization other, int limit)
            throws IOException {
        destinations.check(name, url);
        return document(name, url, "application/json", limit, Login.of(other));
    }

    private Document document(String name, HttpUrl url, String accept, int limit, Login proof) throws IOException {
        return send(name, () -> {
            try (Response answer = follow(name, url, Headers.of("Accept", accept), proof, headers -> {})) {
                if (answer.code() != 200) {
                    throw failure(name, answer);
                }
                byte[] bytes = answer.body().byteStream().readNBytes(limit + 1);
                meter.bytes(bytes.length);
                if (bytes.length > limit) {
                    throw new CheckpointException(
                            Reason.REFUSED, name, "expected at most " + limit + " bytes, found more");
                }
                return new Document(bytes, answer.headers(), answer.request().url());
            }
        });
    }

    /** Whether an address is the server's own. */
    public boolean isOwn(HttpUrl url) {
        return destinations.isEndpoint(url);
    }

    ReadMeter meter() {
        return meter;
    }

    /** An answer that is no redirect; the caller closes it. */
    Response follow(String name, HttpUrl from, Headers headers, Inspection inspection) throws IOException {
        return follow(name, from, headers, login, inspection);
    }

    private Response follow(String name, HttpUrl from, Headers headers, Login proof, Inspection inspection)
            throws IOException {
        HttpUrl url = from;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            boolean proven = Destinations.sameOrigin(from, url) && (proof != login || isOwn(url));
            Response answer = ask(url, headers, proven ? proof : Login.of(null));
            boolean taken = false;
            try {
                if (isOwn(url) && answer.code() < 400) {
                    inspection.check(answer.headers());
                }
                if (!answer.isRedirect()) {
                    taken = true;
                    return answer;
                }
                url = destinations.next(name, url, answer.header("Location"));
            } finally {
                if (!taken) {
                    answer.close();
                }
            }
        }
        throw new CheckpointException(
                Reason.REFUSED, name, "expected at most " + MOST_REDIRECTS + " redirects, found more");
    }

    private Response ask(HttpUrl url, Headers headers, Login proof) throws IOException {
        Authorization sent = proof.authorization();
        Response answer = call(url, headers, sent);
        if (answer.code() != 401 || !proof.renew(sent, answer.headers("WWW-Authenticate"), this)) {
            return answer;
        }
        answer.close();
        return call(url, headers, proof.authorization());
    }

    private Response call(HttpUrl url, Headers headers, @Nullable Authorization authorization) throws IOException {
        // Identity: ranges count the bytes of the file, not those of a compressed answer.
        var request = new Request.Builder().url(url).headers(headers).header("Accept-Encoding", "identity");
        if (authorization != null) {
            request.header("Authorization", authorization.header());
        }
        meter.request();
        return client.newCall(request.build()).execute();
    }

    /** Why an answer is not what was asked for: a reason to give up, or one to ask again. */
    IOException failure(String name, Response answer) {
        HttpUrl url = answer.request().url();
        var found = new Meaning.Answer(url.host(), answer.code(), answer.headers());
        CheckpointException permanent = isOwn(url) ? meaning.of(name, found) : Meaning.standard(name, found);
        if (permanent != null) {
            return permanent;
        }
        return new Busy(
                answer.code() + " from " + url.host(), RetryAfter.parse(answer.header("Retry-After"), Instant.now()));
    }

    /** An answer that asks for patience. */
    private static final class Busy extends IOException {

        private final @Nullable Duration pause;

        Busy(String message, @Nullable Duration pause) {
            super(message);
            this.pause = pause;
        }
    }

    <T> T send(String name, Attempt<T> request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            IOException failure;
            try {
                return request.send();
            } catch (CheckpointException permanent) {
                throw permanent;
            } catch (IOException failed) {
                failure = failed;
            }
            RefusedAddress refused = refusal(failure);
            if (refused != null) {
                throw new CheckpointException(Reason.REFUSED, name, "redirect: " + refused.getMessage());
            }
            Duration pause = backoff.pauseAfter(attempt);
            if (failure instanceof Busy busy && busy.pause != null && busy.pause.compareTo(pause) > 0) {
                pause = busy.pause;
            }
            if (attempt == backoff.attempts() || pause.compareTo(LONGEST_PAUSE) > 0) {
                throw new IOException(
                        "%s: no answer in %d attempts: %s".formatted(place(name), attempt, words(failure)), failure);
            }
            pause(pause);
        }
    }

    private String place(String name) {
        return name.equals(location) ? location : location + ": " + name;
    }

    /** The client reports addresses that it could not use among what it suppressed. */
    private static @Nullable RefusedAddress refusal(Throwable failure) {
        if (failure instanceof RefusedAddress refused) {
            return refused;
        }
        for (Throwable other : List.of(failure.getSuppressed())) {
            RefusedAddress refused = refusal(other);
            if (refused != null) {
                return refused;
            }
        }
        return failure.getCause() == null ? null : refusal(failure.getCause());
    }

    private static String words(IOException failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private void pause(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(location + ": interrupted while waiting to try again");
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
    }
}
