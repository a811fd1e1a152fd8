package dev.forebear.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPlatformTest {

    @TempDir
    static Path data;

    private static EmbeddedPlatform platform;

    @BeforeAll
    static void start() {
        platform = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data));
        platform.createBucket("models");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void keepsObjectsAsFilesOfTheFolder() throws Exception {
        MinioClient s3 = PlatformData.s3(platform);
        byte[] bytes = "0123456789".getBytes();
        s3.putObject(PutObjectArgs.builder()
                .bucket("models")
                .object("a/b.bin")
                .data(bytes, bytes.length)
                .build());

        assertThat(data.resolve("s3/models/a/b.bin")).hasBinaryContent(bytes);
        GetObjectArgs range = GetObjectArgs.builder()
                .bucket("models")
                .object("a/b.bin")
                .offset(2L)
                .length(3L)
                .build();
        try (InputStream in = s3.getObject(range)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("234");
        }
        assertThat(s3.listObjects(
                        ListObjectsArgs.builder().bucket("models").prefix("a/").build()))
                .hasSize(1);
    }

    @Test
    void makesABucketOnce() {
        assertThatCode(() -> platform.createBucket("models")).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> platform.createBucket("../kafka"))
                .withMessageStartingWith("S3 bucket '../kafka': expected 3 to 63");
    }

    @Test
    void refusesStrangersAtTheObjectStore() {
        MinioClient.Builder client =
                MinioClient.builder().endpoint(platform.s3Endpoint().toString());
        GetObjectArgs object =
                GetObjectArgs.builder().bucket("models").object("a").build();

        assertThatExceptionOfType(MinioException.class)
                .isThrownBy(() -> client.build().getObject(object));
        assertThatExceptionOfType(MinioException.class)
                .isThrownBy(
                        () -> client.credentials("forebear", "wrong").build().getObject(object));
        assertThatExceptionOfType(MinioException.class)
                .isThrownBy(() -> client.credentials("stranger", "forebear-secret")
                        .build()
                        .getObject(object));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have one loopback address only")
    void listensOnOneLoopbackAddressOnly() {
        URI kafka = URI.create("kafka://" + platform.bootstrapServers());

        for (URI server : List.of(kafka, platform.schemaRegistryUrl(), platform.s3Endpoint())) {
            assertThatCode(() -> listenOn("127.0.0.2", server.getPort()).close())
                    .as("a server on all addresses would hold the port on this one too")
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(data)))
                .withMessage(data + ": expected a data folder that nobody uses, found it in use");
    }

    @Test
    void refusesAFolderThatIsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(file)))
                .withMessageStartingWith(file + ": cannot be used as the data folder");
    }

    @Test
    void namesThePartWhosePortIsTakenAndFreesTheFolder(@TempDir Path folder) throws IOException {
        try (ServerSocket taken = listenOn("127.0.0.1", 0)) {
            int port = taken.getLocalPort();

            for (EmbeddedPlatformConfig config : List.of(
                    new EmbeddedPlatformConfig(folder, port, 0, 0, "key", "secret"),
                    new EmbeddedPlatformConfig(folder, 0, port, 0, "key", "secret"),
                    new EmbeddedPlatformConfig(folder, 0, 0, port, "key", "secret"))) {
                String part = config.kafkaPort() == port ? "Kafka" : config.s3Port() == port ? "S3" : "schema registry";
                assertThatExceptionOfType(PlatformException.class)
                        .isThrownBy(() -> EmbeddedPlatform.start(config))
                        .withMessage(part + ": cannot listen on 127.0.0.1:" + port + ": Address already in use");
            }
        }
    }

    @Test
    void outlivesABrokerThatGivesUp(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            assertThatExceptionOfType(Error.class).isThrownBy(() -> Exit.halt(1, "all log dirs have failed"));

            assertThat(kafka.gaveUp())
                    .isCompletedWithValue("the broker gave up with status 1: all log dirs have failed");
        }
    }

    @Test
    void comesBackWithItsDataAfterAnOrderlyEnd(@TempDir Path folder) throws Exception {
        EmbeddedPlatformConfig config = EmbeddedPlatformConfig.onFreePorts(folder);
        try (EmbeddedPlatform first = EmbeddedPlatform.start(config)) {
            PlatformData.write(first);
        }
        try (EmbeddedPlatform second = EmbeddedPlatform.start(config)) {
            PlatformData.assertIn(second);
        }
    }

    @Test
    void comesBackWithItsDataAfterAKill(@TempDir Path folder) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlatformData.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.inputReader().lines().anyMatch(PlatformData.WRITTEN::equals))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

        try (EmbeddedPlatform second = EmbeddedPlatform.start(EmbeddedPlatformConfig.onFreePorts(folder))) {
            PlatformData.assertIn(second);
        }
    }

    private static ServerSocket listenOn(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        return socket;
    }
}
