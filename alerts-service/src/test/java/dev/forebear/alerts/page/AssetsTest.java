package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {

    private static final Pattern ADDRESS = Pattern.compile("\"(/assets/[^\"]+\\.[0-9a-f]{12}\\.[a-z]+)\"");
    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");

    private static Metrics metrics;
    private static HttpListener listener;
    private static HttpClient client;

    @BeforeAll
    static void serve() {
        metrics = new Metrics("test");
        listener = HttpListener.start(ListenAddress.anyLoopbackPort(), 1_000, metrics, List.of(), Assets.load()::addTo);
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        listener.close();
        metrics.close();
    }

    @Test
    void servesEveryFileThatThePageNamesForGood() throws Exception {
        List<String> addresses = addresses();
        assertThat(addresses).hasSizeGreaterThan(20).anyMatch(address -> address.contains("/lib/preact."));
        for (String address : addresses) {
            var answer = get(address);
            assertThat(answer.statusCode()).as(address).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(caching -> assertThat(caching).contains("immutable"));
        }
    }

    @Test
    void letsInNoScriptWithinThePageButItsImportMap() throws Exception {
        var page = get("/");
        var map = IMPORT_MAP.matcher(text(page));
        assertThat(map.find()).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("script-src 'self' 'sha256-"
                                + Base64.getEncoder().encodeToString(hash) + "';")
                        .doesNotContain("unsafe"));
        assertThat(text(page)).containsOnlyOnce("<script type=\"importmap\">").doesNotContain("onclick", "style=");
    }

    @Test
    void sendsAFileOnceAndCompressed() throws Exception {
        String address = addresses().getFirst();
        var plain = get(address);
        var compressed = send(request(address).header("Accept-Encoding", "gzip"));
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.body());
        }
        String tag = plain.headers().firstValue("ETag").orElseThrow();
        var again = send(request(address).header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/main.js",
                "/assets/Assets.class",
                "/assets/..%2f..%2fpolicy%2fstandard-policy.yaml",
                "/assets/lib/preact.js",
                "/assets/"
            })
    void servesNothingElse(String path) throws Exception {
        assertThat(get(path).statusCode()).isBetween(400, 404);
    }

    @Test
    void makesNoMarkupOfTexts() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/dev/forebear/alerts/page"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                        .doesNotContainPattern("(from|import\\(|fetch\\()\\s*[\"'`]https?:");
            }
        }
    }

    private static List<String> addresses() throws Exception {
        return ADDRESS.matcher(text(get("/")))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(listener.uri().resolve(path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
