package dev.forebear.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the client behaves when the world fails; how registries behave is tested against real ones. */
class RegistryServersTest {

    private static final Schema SCHEMA = Topics.DEAD_LETTERS.schema();

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final Queue<HttpServer> running = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stopServers() {
        running.forEach(server -> server.stop(0));
    }

    @Test
    void asksTheNextServerWhenOneIsDown() throws IOException {
        URI down = down();
        URI up = answering(200, "{\"id\":7}");

        try (SchemaRegistryClient client = client(down, up)) {
            assertThat(client.register("s-value", SCHEMA)).isEqualTo(7);
        }
    }

    @Test
    void staysWithTheServerThatAnswered() throws IOException {
        URI failing = answering(503, "{\"message\":\"starting\"}");
        URI up = answering(200, "{\"id\":7}");

        try (SchemaRegistryClient client = client(failing, up)) {
            client.register("a-value", SCHEMA);
            client.register("b-value", SCHEMA);
        }

        assertThat(requests)
                .extracting(request -> request.split(" ")[0])
                .containsExactly(failing.toString(), up.toString(), up.toString());
    }

    @Test
    void givesUpAfterTheConfiguredAttemptsAndNamesTheLastFailure() throws IOException {
        URI failing = answering(503, "{\"error_code\":50001,\"message\":\"log is\\nread-only\"}");

        try (SchemaRegistryClient client = client(failing)) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.register("s-value", SCHEMA))
                    .withMessage("schema of subject 's-value': no schema registry answered after 2 attempts; the last: "
                            + failing + ": 503 log is read-only")
                    .matches(e -> !e.refused() && !e.schemaNotFound());
        }
        assertThat(requests).hasSize(2);
    }

    @Test
    void doesNotRepeatWhatTheRegistryRefused() throws IOException {
        URI refusing = answering(409, "{\"error_code\":409,\"message\":\"Schema is incompatible\"}");

        try (SchemaRegistryClient client = client(refusing)) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.register("s-value", SCHEMA))
                    .withMessage(
                            "schema of subject 's-value': refused by " + refusing + " with 409: Schema is incompatible")
                    .matches(SchemaRegistryException::refused)
                    .matches(e -> e.errorCode() == 409);
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void asksForEachSchemaOnce() throws IOException {
        URI up = answering(200, "{\"schema\":\"{\\\"type\\\":\\\"string\\\"}\"}");

        try (SchemaRegistryClient client = client(up)) {
            client.getSchemaById(3);
            client.getSchemaById(3);
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void doesNotTakeAWrongPathForAnUnknownSchema() throws IOException {
        URI elsewhere = answering(404, "<html>not here</html>");

        try (SchemaRegistryClient client = client(elsewhere)) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getSchemaById(3))
                    .withMessageContaining(
                            "schema id 3: refused by " + elsewhere + " with 404: expected a registry's JSON")
                    .matches(e -> !e.schemaNotFound());
        }
    }

    @Test
    void followsNoRedirectAndSaysSo() throws IOException {
        URI redirecting = answering(302, "{}");

        try (SchemaRegistryClient client = client(redirecting)) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(client::getAllSubjects)
                    .withMessageContaining("with 302");
        }
    }

    @Test
    void refusesAnAnswerThatIsNoSchema() throws IOException {
        try (SchemaRegistryClient client = client(answering(200, "{\"schema\":\"{\\\"type\\\":\\\"nonsense\\\"}\"}"))) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getSchemaById(3))
                    .withMessageStartingWith("schema id 3: expected an Avro schema from the schema registry, found");
        }
        try (SchemaRegistryClient client = client(answering(200, "{\"schemaType\":\"JSON\",\"schema\":\"{}\"}"))) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getSchemaById(3))
                    .withMessageContaining("found one of type JSON");
        }
        try (SchemaRegistryClient client = client(answering(200, "welcome"))) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(() -> client.getSchemaById(3))
                    .withMessageContaining("expected a registry's JSON, found 7 other bytes");
        }
    }

    @Test
    void stopsReadingAnAnswerWithoutEnd() throws IOException {
        URI endless = answering(200, "\"" + "x".repeat(9 << 20) + "\"");

        try (SchemaRegistryClient client = client(endless)) {
            assertThatExceptionOfType(SchemaRegistryException.class)
                    .isThrownBy(client::getAllSubjects)
                    .withMessageContaining("no schema registry answered");
        }
    }

    @Test
    void showsCredentialsToTheServerAndToNobodyElse() throws IOException {
        URI up = answering(200, "[]");
        Credentials basic = new Credentials.Basic("ana", "hünter2");
        Credentials bearer = new Credentials.Bearer("t0ken");

        for (Credentials credentials : List.of(basic, bearer)) {
            try (SchemaRegistryClient client =
                    new SchemaRegistryClient(SchemaRegistryConfig.of(List.of(up), credentials))) {
                client.getAllSubjects();
            }
        }

        assertThat(requests)
                .containsExactly(up + " GET /subjects Basic YW5hOmjDvG50ZXIy", up + " GET /subjects Bearer t0ken");
        assertThat(SchemaRegistryConfig.of(List.of(up), basic).toString()).doesNotContain("hünter2");
        assertThat(SchemaRegistryConfig.of(List.of(up), bearer).toString()).doesNotContain("t0ken");
    }

    @Test
    void keepsThePathOfTheServerAndEscapesTheSubject() throws IOException {
        URI up = answering(200, "[1]");

        try (SchemaRegistryClient client = client(URI.create(up + "/apis/ccompat/v7/"))) {
            client.getAllVersions("a b/ü?-value");
        }

        assertThat(requests).containsExactly(up + " GET /apis/ccompat/v7/subjects/a%20b%2F%C3%BC%3F-value/versions -");
    }

    @Test
    void trustsOnlyTheGivenAuthorities(@TempDir Path folder) throws Exception {
        SSLContext tls = selfSigned(folder);
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        URI url = URI.create(serve(server, 200, "[]").toString().replace("http:", "https:"));

        try (SchemaRegistryClient trusting = new SchemaRegistryClient(
                new SchemaRegistryConfig(List.of(url), new Credentials.None(), tls, Duration.ofSeconds(10), 1))) {
            assertThat(trusting.getAllSubjects()).isEmpty();
        }
        try (SchemaRegistryClient doubting = client(url)) {
            assertThatExceptionOfType(SchemaRegistryException.class).isThrownBy(doubting::getAllSubjects);
        }
    }

    @Test
    void acceptsOnlyAddressesThatCanBeAsked() {
        for (String url : List.of("ftp://host", "host:8081", "http:///path", "http://user:pw@host")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SchemaRegistryConfig.of(URI.create(url)))
                    .withMessageStartingWith("schema registry: expected http(s)://host[:port][/path]")
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pw"));
        }
        assertThatIllegalArgumentException().isThrownBy(SchemaRegistryConfig::of);
    }

    private static SchemaRegistryClient client(URI... urls) {
        return new SchemaRegistryClient(
                new SchemaRegistryConfig(List.of(urls), new Credentials.None(), null, Duration.ofSeconds(10), 2));
    }

    private URI answering(int status, String body) throws IOException {
        return serve(HttpServer.create(loopback(), 0), status, body);
    }

    private URI serve(HttpServer server, int status, String body) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(url + " " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + (authorization == null ? "-" : authorization));
            answer(exchange, status, body.getBytes(UTF_8));
        });
        server.start();
        running.add(server);
        return url;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static URI down() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Server and client share it: the key answers, its certificate is trusted. */
    private static SSLContext selfSigned(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "registry",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password);
        }
        KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        key.init(keys, password);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("registry", keys.getCertificate("registry"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        return tls;
    }
}
