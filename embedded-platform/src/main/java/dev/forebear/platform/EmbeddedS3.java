package dev.forebear.platform;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** An S3 endpoint on loopback over a folder; an object is the file {@code folder/bucket/key}. */
public final class EmbeddedS3 implements AutoCloseable {

    /** The part of Amazon's rules that a folder name depends on. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final S3Proxy server;
    private final Path folder;
    private final FilesystemNio2BlobStore store;

    private EmbeddedS3(S3Proxy server, Path folder, FilesystemNio2BlobStore store) {
        this.server = server;
        this.folder = folder;
        this.store = store;
    }

    /**
     * @param folder of the buckets; made when missing
     * @param port 0 for any free port
     * @throws PlatformException when the port is taken or the folder cannot be used
     */
    public static EmbeddedS3 start(Path folder, int port, String accessKey, String secretKey) {
        if (port != 0) {
            Loopback.requireFree("S3", port);
        }
        try {
            Files.createDirectories(folder);
            FilesystemNio2BlobStore store =
                    new FilesystemNio2BlobStore(folder.toAbsolutePath().toString());
            S3Proxy server = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://" + Loopback.HOST + ":" + port))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                    .build();
            server.setBlobStoreLocator((identity, container, blob) ->
                    identity == null || identity.equals(accessKey) ? new AccessGrant(secretKey, store) : null);
            server.start();
            return new EmbeddedS3(server, folder, store);
        } catch (Exception e) {
            throw new PlatformException(
                    "S3: expected to start on " + Loopback.HOST + ":" + port + " with " + folder + ", found "
                            + e.getMessage(),
                    e);
        }
    }

    public URI endpoint() {
        return URI.create("http://" + Loopback.HOST + ":" + server.getPort());
    }

    /** Makes the bucket when it does not exist. */
    public void createBucket(String name) {
        if (!BUCKET.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "S3 bucket '" + name + "': expected 3 to 63 lower-case letters, digits, dots and hyphens");
        }
        if (!Files.isDirectory(folder.resolve(name))) {
            store.createContainer(CreateBucketRequest.builder().bucket(name).build());
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new PlatformException("S3: expected to stop, found " + e.getMessage(), e);
        }
    }
}
