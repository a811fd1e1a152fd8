package dev.forebear.checkpoint.storage;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.S3Access.SecretKey;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3StorageTest implements StorageContract {

    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(1));
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @TempDir
    private static Path root;

    private static S3Server server;

    private String bucket;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(root);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void createBucket() throws Exception {
        bucket = "models-" + BUCKETS.incrementAndGet();
        server.createBucket(bucket);
    }

    @Override
    public Storage storage() {
        return new S3Storage(server.access(), bucket, "org/model");
    }

    @Override
    public void put(String name, byte[] content) throws IOException {
        server.put(bucket, "org/model/" + name, content);
    }

    @Test
    void doesNotSeeNeighbourWithTheSameBeginning() throws IOException {
        put("config.json", new byte[1]);
        server.put(bucket, "org/model-2/config.json", new byte[1]);
        try (Storage storage = storage()) {
            assertThat(storage.list()).hasSize(1);
            assertThat(storage.location()).isEqualTo("s3://" + bucket + "/org/model");
        }
    }

    @Test
    void readsWholeBucketWithoutPrefix() throws IOException {
        put("config.json", new byte[1]);
        try (Storage storage = new S3Storage(server.access(), bucket, "")) {
            assertThat(storage.list()).extracting(StoredFile::name).containsExactly("org/model/config.json");
        }
    }

    @Test
    void missesAbsentBucket() throws IOException {
        try (Storage storage = new S3Storage(server.access(), "absent", "")) {
            assertRefused(storage::list, Reason.MISSING, "s3://absent: expected it");
        }
    }

    @Test
    void isRefusedWithWrongSecret() throws IOException {
        try (Storage storage = new S3Storage(server.accessWith("wrong"), bucket, "")) {
            assertRefused(storage::list, Reason.REFUSED, "403");
        }
    }

    @Test
    void noticesReplacementOfTheSameSize() throws IOException {
        put("model.safetensors", new byte[100]);
        try (Storage storage = storage()) {
            ByteSource source = storage.open("model.safetensors");
            var other = new byte[100];
            other[7] = 1;
            put("model.safetensors", other);
            assertRefused(() -> source.read(0, ByteBuffer.allocate(10)), Reason.CHANGED, "PreconditionFailed");
        }
    }

    @Test
    void reportsUnreachableServerAsFailureOfTheWorld() throws IOException {
        int unusedPort;
        try (var socket = new ServerSocket(0)) {
            unusedPort = socket.getLocalPort();
        }
        var access =
                new S3Access(URI.create("http://127.0.0.1:" + unusedPort), "key", new SecretKey("hidden"), "us-east-1");
        try (Storage storage = new S3Storage(access, bucket, "", QUICK)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(storage::list)
                    .isNotInstanceOf(CheckpointException.class)
                    .withMessageContaining("no answer from http://127.0.0.1:" + unusedPort + " in 3 attempts");
            assertThat(storage.totals().requests()).isEqualTo(3);
        }
    }

    @Test
    void survivesTransientFailures() throws IOException {
        byte[] content = "0123456789".getBytes();
        try (var flaky = FlakyServer.start(content, 2);
                Storage storage = new S3Storage(flaky.access(), bucket, "", QUICK)) {
            ByteSource source = storage.open("file");
            var target = ByteBuffer.allocate(4);
            source.read(3, target);
            assertThat(target.array()).asString().isEqualTo("3456");
            assertThat(flaky.gets()).isEqualTo(3);
        }
    }

    @Test
    void givesUpAfterBoundedAttempts() throws IOException {
        try (var flaky = FlakyServer.start(new byte[10], 1_000);
                Storage storage = new S3Storage(flaky.access(), bucket, "", QUICK)) {
            ByteSource source = storage.open("file");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> source.read(3, ByteBuffer.allocate(4)))
                    .isNotInstanceOf(CheckpointException.class)
                    .withMessageContaining("in 3 attempts");
            assertThat(flaky.gets()).isEqualTo(3);
        }
    }

    @Test
    void saysUnreachableWhenEveryDownloadEndsEarly() throws IOException {
        try (var server = FlakyServer.endingEarly(new byte[10]);
                Storage storage = new S3Storage(server.access(), bucket, "", QUICK)) {
            ByteSource source = storage.open("file");
            var target = ByteBuffer.allocate(4);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> source.read(3, target))
                    .isNotInstanceOf(CheckpointException.class)
                    .withMessageContaining("in 3 attempts");
            assertThat(server.gets()).isEqualTo(3);
        }
    }

    /** An answer without a length is as long as it likes, and its beginning is not what was asked for. */
    @Test
    void refusesAServerThatIgnoresRangesAndSaysNoLength() throws IOException {
        try (var server = FlakyServer.withoutRangesAndLength("0123456789".getBytes());
                Storage storage = new S3Storage(server.access(), bucket, "", QUICK)) {
            ByteSource source = storage.open("file");
            assertRefused(
                    () -> source.read(3, ByteBuffer.allocate(4)),
                    Reason.REFUSED,
                    "expected 4 bytes at 3 from the server, found an answer without a range");
            var whole = ByteBuffer.allocate(10);
            source.read(0, whole);
            assertThat(whole.array()).asString().isEqualTo("0123456789");
        }
    }

    @Test
    void refusesAServerThatIgnoresRanges() throws IOException {
        try (var server = FlakyServer.withoutRanges(new byte[10]);
                Storage storage = new S3Storage(server.access(), bucket, "", QUICK)) {
            ByteSource source = storage.open("file");
            assertRefused(
                    () -> source.read(3, ByteBuffer.allocate(4)),
                    Reason.REFUSED,
                    "expected 4 bytes at 3 from the server, found an answer without a range");
        }
    }

    @Test
    void readsIntoAnyBuffer() throws IOException {
        byte[] content = "0123456789".getBytes();
        put("file", content);
        try (Storage storage = storage()) {
            var direct = ByteBuffer.allocateDirect(4);
            storage.open("file").read(3, direct);
            assertThat(direct.flip()).isEqualTo(ByteBuffer.wrap(content, 3, 4));
        }
    }

    @Test
    void showsNoSecret() {
        assertThat(server.access().toString()).contains("secretKey=***").doesNotContain("correct horse");
    }
}
