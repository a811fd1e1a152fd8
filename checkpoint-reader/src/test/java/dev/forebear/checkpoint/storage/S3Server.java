package dev.forebear.checkpoint.storage;

import dev.forebear.checkpoint.storage.S3Access.SecretKey;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A real S3 server over a folder. */
public final class S3Server implements AutoCloseable {

    private static final String KEY = "forebear";
    private static final String SECRET = "correct horse";

    private final S3Proxy server;
    private final MinioClient client;

    private S3Server(S3Proxy server, MinioClient client) {
        this.server = server;
        this.client = client;
    }

    public static S3Server start(Path root) throws Exception {
        var store = new FilesystemNio2BlobStore(root.toString());
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                .build();
        server.setBlobStoreLocator((identity, container, blob) ->
                identity == null || identity.equals(KEY) ? new AccessGrant(SECRET, store) : null);
        server.start();
        var client = MinioClient.builder()
                .endpoint("http://127.0.0.1:" + server.getPort())
                .region("us-east-1")
                .credentials(KEY, SECRET)
                .build();
        return new S3Server(server, client);
    }

    S3Access access() {
        return accessWith(SECRET);
    }

    S3Access accessWith(String secret) {
        return new S3Access(
                URI.create("http://127.0.0.1:" + server.getPort()),
                KEY,
                new SecretKey(secret),
                S3Access.DEFAULT_REGION);
    }

    void createBucket(String bucket) throws Exception {
        client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }

    void put(String bucket, String key, byte[] content) throws IOException {
        try {
            client.putObject(PutObjectArgs.builder().bucket(bucket).object(key).stream(
                            new ByteArrayInputStream(content), (long) content.length, -1L)
                    .build());
        } catch (Exception failure) {
            throw new IOException(failure);
        }
    }

    @Override
    public void close() throws Exception {
        client.close();
        server.stop();
    }
}
