package dev.forebear.platform.registry;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same against a registry by somebody else: an Apicurio server in a process of its own. */
class ApicurioRegistryIT implements SchemaRegistryContract {

    private static final Path FOLDER = Path.of("target", "apicurio-registry");

    private static Process server;
    private static URI url;

    @BeforeAll
    static void start() throws IOException {
        int port = freePort();
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=127.0.0.1",
                        "-Dquarkus.management.port=0",
                        "-Dapicurio.storage.kind=sql",
                        "-Dapicurio.storage.sql.kind=h2",
                        "-jar",
                        FOLDER.resolve("quarkus-run.jar").toAbsolutePath().toString())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "apicurio-registry.log").toFile())
                .start();
        url = URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest subjects =
                    HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .failFast(
                            "the Apicurio server has ended; see target/apicurio-registry.log", () -> !server.isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> http.send(subjects, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(10, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
    }

    @Override
    public URI url() {
        return url;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
