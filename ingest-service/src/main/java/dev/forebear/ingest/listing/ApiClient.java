package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.http.RetryAfter;
import dev.forebear.checkpoint.storage.http.ServerAddress;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.ingest.sender.NotUnderstoodException;
import java.io.IOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks the API of one registry, not faster than its operator allows. Goes to no other server, whatever the answers say:
 * redirects are not followed. Repeats nothing: whoever lists knows better when to. Not thread-safe.
 */
public final class ApiClient implements AutoCloseable {

    /** The largest known page, of a thousand models with all that is told of them, is a quarter of it. */
    private static final int ANSWER_LIMIT = 8 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Ends an answer that trickles in, too. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private final String alias;
    private final HttpUrl root;
    private final Credentials credentials;
    private final Pace pace;
    private final OkHttpClient http;

    /** @param alias of the registry, for messages */
    public ApiClient(String alias, RegistryApi api, Credentials credentials) {
        this.alias = alias;
        this.root = ServerAddress.url(api.url());
        this.credentials = credentials;
        this.pace = new Pace(api.requestsPerSecond());
        this.http = new OkHttpClient.Builder()
                .proxy(Proxy.NO_PROXY)
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(CALL_TIMEOUT)
                .callTimeout(CALL_TIMEOUT)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /** The address of the registry itself. */
    public HttpUrl url() {
        return root;
    }

    /**
     * An address below the registry's own; the path is encoded as needed, its slashes kept.
     *
     * @throws NotUnderstoodException when names in it would lead elsewhere
     */
    HttpUrl.Builder url(String path) {
        if (Arrays.stream(path.split("/")).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
            throw NotUnderstoodException.unusable("expected names without '..', found '" + path + "'");
        }
        return root.newBuilder().addPathSegments(path);
    }

    /** The same of a path that is encoded already. */
    HttpUrl.Builder encodedUrl(String path) {
        return root.newBuilder().addEncodedPathSegments(path);
    }

    /** The address of a page that the registry named by its query; the first one when that is empty. */
    HttpUrl page(HttpUrl first, String query) {
        return query.isEmpty() ? first : first.newBuilder().encodedQuery(query).build();
    }

    /** Asks for a document. */
    Answer get(String call, HttpUrl url) throws IOException, InterruptedException {
        return send(
                        call,
                        new Request.Builder()
                                .url(url)
                                .header("Accept", "application/json")
                                .build())
                .expectSuccess();
    }

    /** Asks with a document. */
    Answer post(String call, HttpUrl url, String mediaType, String body) throws IOException, InterruptedException {
        return send(
                        call,
                        new Request.Builder()
                                .url(url)
                                .post(body(mediaType, body))
                                .build())
                .expectSuccess();
    }

    /** A body of bytes: OkHttp adds a character set to texts, and what is signed must be what is sent. */
    public static RequestBody body(String mediaType, String body) {
        return RequestBody.create(body.getBytes(StandardCharsets.UTF_8), MediaType.get(mediaType));
    }

    /** Sends a request; an answer of any status is returned, except one that asks to wait. */
    public Answer send(String call, Request request) throws IOException, InterruptedException {
        String named = alias + ": " + call;
        pace.await();
        Request signed = credentials.sign(request);
        try (Response response = http.newCall(signed).execute()) {
            if (response.code() == 429 || response.code() == 503) {
                throw busy(named, response);
            }
            return new Answer(named, request.url(), response.code(), response.headers(), body(named, response));
        } catch (RegistryBusyException | ListingException told) {
            throw told;
        } catch (IOException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException(named);
            }
            throw new ListingException(0, named, "an answer from " + root.host(), words(failed));
        }
    }

    private static RegistryBusyException busy(String call, Response response) {
        Duration pause = Objects.requireNonNullElse(
                RetryAfter.parse(response.header("Retry-After"), Instant.now()), RegistryBusyException.DEFAULT_PAUSE);
        return new RegistryBusyException(
                call + ": expected an answer, found " + response.code() + ": to be asked again in " + pause.toSeconds()
                        + " s",
                pause);
    }

    private static byte[] body(String call, Response response) throws IOException {
        byte[] body = response.body().contentLength() > ANSWER_LIMIT
                ? new byte[0]
                : response.body().byteStream().readNBytes(ANSWER_LIMIT + 1);
        if (body.length > ANSWER_LIMIT || response.body().contentLength() > ANSWER_LIMIT) {
            throw new ListingException(0, call, "at most " + ANSWER_LIMIT + " bytes", "more");
        }
        return body;
    }

    private static String words(IOException failed) {
        String message = failed.getMessage();
        if (failed instanceof UnknownHostException) {
            return "no such host";
        }
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }
}
