package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.messages.Item;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The objects below a prefix of an S3 bucket. An object's revision is its ETag; every read asks for the bytes of that
 * revision only. Transient failures are retried a few times, redirects are not followed.
 */
public final class S3Storage implements Storage {

    private static final int OBJECTS_LIMIT = 100_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);

    /** No caller sends as many; each connection that is kept open saves the next request a handshake. */
    private static final int PARALLEL_REQUESTS = 32;

    private final MinioClient client;
    private final String bucket;
    private final String prefix;
    private final S3Requests requests;
    private final ReadMeter meter = new ReadMeter();

    /** @param prefix of the checkpoint, without slashes around it; empty for the whole bucket */
    public S3Storage(S3Access access, String bucket, String prefix) {
        this(access, bucket, prefix, Backoff.DEFAULT);
    }

    S3Storage(S3Access access, String bucket, String prefix, Backoff backoff) {
        this.client = client(access);
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() ? "" : prefix + "/";
        this.requests = new S3Requests(access.endpoint(), location(), backoff, meter);
    }

    // The SDK sends every request through the dispatcher, which allows five at a time to one server unless told so.
    private static Dispatcher dispatcher() {
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(PARALLEL_REQUESTS);
        dispatcher.setMaxRequestsPerHost(PARALLEL_REQUESTS);
        return dispatcher;
    }

    private static MinioClient client(S3Access access) {
        var http = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(READ_TIMEOUT)
                .writeTimeout(READ_TIMEOUT)
                .dispatcher(dispatcher())
                .connectionPool(new ConnectionPool(PARALLEL_REQUESTS, IDLE_CONNECTION.toSeconds(), TimeUnit.SECONDS))
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
        return MinioClient.builder()
                .endpoint(access.endpoint().toString())
                .region(access.region())
                .credentials(access.accessKey(), access.secretKey().value())
                .httpClient(http, true)
                .build();
    }

    @Override
    public String location() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }

    @Override
    public List<StoredFile> list() throws IOException {
        var arguments = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(prefix)
                .recursive(true)
                .build();
        return requests.send(location(), () -> {
            var files = new ArrayList<StoredFile>();
            for (Result<Item> result : client.listObjects(arguments)) {
                Item item = result.get();
                String name = item.objectName().substring(prefix.length());
                if (item.isDir() || name.isEmpty() || name.endsWith("/")) {
                    continue;
                }
                if (files.size() == OBJECTS_LIMIT) {
                    throw new CheckpointException(
                            Reason.REFUSED, location(), "expected at most " + OBJECTS_LIMIT + " objects, found more");
                }
                files.add(new StoredFile(name, item.size(), S3File.plainEtag(item.etag())));
            }
            files.sort(Comparator.comparing(StoredFile::name));
            return List.copyOf(files);
        });
    }

    @Override
    public ByteSource open(String name) throws IOException {
        FileNames.check(name);
        String key = prefix + name;
        StatObjectResponse stat = requests.send(
                name,
                () -> client.statObject(
                        StatObjectArgs.builder().bucket(bucket).object(key).build()));
        var object = new S3File.Revision(bucket, key, stat.size(), S3File.plainEtag(stat.etag()));
        return new S3File(name, object, client, requests, meter);
    }

    @Override
    public ReadTotals totals() {
        return meter.totals();
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (Exception failure) {
            throw new IllegalStateException(location() + ": cannot close the client", failure);
        }
    }
}
