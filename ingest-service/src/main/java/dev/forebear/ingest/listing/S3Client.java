package dev.forebear.ingest.listing;

import dev.forebear.checkpoint.storage.S3Access;
import dev.forebear.checkpoint.storage.http.RetryAfter;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.runtime.Secret;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.minio.messages.ListAllMyBucketsResult.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;

/** Asks an S3 server which buckets and objects there are. Repeats nothing, follows no redirect. Not thread-safe. */
final class S3Client implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Amazon names the region in the host; other servers take any. */
    private static final Pattern REGION = Pattern.compile("s3[.-]([a-z]{2}(-[a-z]+)+-\\d)\\.amazonaws\\.com(\\.cn)?");

    private final String alias;
    private final String host;
    private final Pace pace;
    private final MinioClient client;

    S3Client(String alias, RegistryApi api) {
        this.alias = alias;
        this.host = api.url().getHost();
        this.pace = new Pace(api.requestsPerSecond());
        this.client = client(api);
    }

    private static MinioClient client(RegistryApi api) {
        Matcher region = REGION.matcher(api.url().getHost());
        var http = new OkHttpClient.Builder()
                .callTimeout(TIMEOUT)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        var builder = MinioClient.builder()
                .endpoint(api.url().toString())
                .region(region.find() ? region.group(1) : S3Access.DEFAULT_REGION)
                .httpClient(http, true);
        Secret key = api.token();
        String account = api.username();
        return key == null || account == null
                ? builder.build()
                : builder.credentials(account, key.reveal()).build();
    }

    private interface Call<T> {

        T send() throws MinioException, IOException;
    }

    /** Names of all buckets that the account may list. */
    List<String> buckets() throws IOException, InterruptedException {
        return ask("list buckets", () -> {
            List<String> names = new ArrayList<>();
            for (Bucket bucket : client.listBuckets()) {
                names.add(bucket.name());
            }
            return names;
        });
    }

    /** A page of objects, in the order of their keys, at most as many as were asked for. */
    List<Item> objects(ListObjectsArgs page) throws IOException, InterruptedException {
        return ask("list objects of " + page.bucket(), () -> {
            List<Item> items = new ArrayList<>();
            // Whoever goes on behind the last one of a page makes the SDK ask for the next.
            Iterator<Result<Item>> objects = client.listObjects(page).iterator();
            while (items.size() < page.maxKeys() && objects.hasNext()) {
                items.add(objects.next().get());
            }
            return items;
        });
    }

    private <T> T ask(String call, Call<T> request) throws IOException, InterruptedException {
        String named = alias + ": " + call;
        pace.await();
        try {
            return request.send();
        } catch (ErrorResponseException answered) {
            throw failure(named, answered);
        } catch (MinioException | IOException | RuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException(named);
            }
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            String words = Objects.requireNonNullElse(
                    cause.getMessage(), cause.getClass().getSimpleName());
            throw new ListingException(0, named, "an answer from " + host, words);
        }
    }

    private static IOException failure(String call, ErrorResponseException answered) {
        int status = answered.response().code();
        String code = String.valueOf(answered.errorResponse().code());
        if (status == 429 || status == 503 || code.equals("SlowDown")) {
            Duration pause = RetryAfter.parse(answered.response().header("Retry-After"), Instant.now());
            return new RegistryBusyException(
                    Line.of(call + ": expected an answer, found " + status + " " + code),
                    Objects.requireNonNullElse(pause, RegistryBusyException.DEFAULT_PAUSE));
        }
        return new ListingException(status, call, "an answer", status + " " + code);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception failure) {
            throw new IllegalStateException(alias + ": cannot close the client", failure);
        }
    }
}
