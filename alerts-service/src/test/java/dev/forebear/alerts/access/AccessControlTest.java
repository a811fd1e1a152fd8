package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.Wire;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.AuditEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others try, and what everybody sees. */
class AccessControlTest {

    @TempDir
    static Path folder;

    static Wire broker;
    static WireConfig wire;
    static Instance instance;
    static Browser admin;
    static String link;

    @BeforeAll
    static void start() {
        broker = new Wire(folder.resolve("broker"));
        wire = broker.create("access.");
        instance = Instance.start(broker, wire, folder, AccessConfig.tokensOnly());
        link = instance.control().firstSignInPath().orElseThrow();
        admin = new Browser();
    }

    @AfterAll
    static void stop() {
        admin.close();
        instance.close();
        broker.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -, application/json, 200",
                "none, -, application/json, 200",
                "-, ours, application/json, 200",
                "same-origin, -, application/json; charset=utf-8, 200",
                "cross-site, -, application/json, 403",
                "same-site, -, application/json, 403",
                "cross-site, ours, application/json, 403",
                "-, https://evil.example, application/json, 403",
                "-, null, application/json, 403",
                "-, -, application/json, 403",
                "same-origin, -, text/plain, 415",
                "same-origin, -, application/x-www-form-urlencoded, 415",
                "same-origin, -, -, 415",
            })
    void takesWhatChangesSomethingFromItsOwnPageOnly(String site, String origin, String type, int status) {
        signedIn();
        var request =
                HttpRequest.newBuilder(instance.at("/api/v1/things")).POST(HttpRequest.BodyPublishers.ofString("{}"));
        set(request, "Sec-Fetch-Site", site);
        set(request, "Origin", "ours".equals(origin) ? instance.page().toString() : origin);
        set(request, "Content-Type", type);

        assertThat(admin.send(request.build()).statusCode()).isEqualTo(status);
    }

    @Test
    void notesTheRefusedInTheAuditTrail() {
        signedIn();
        for (int i = 0; i < 50; i++) {
            admin.send(instance.post("/api/v1/things", "{}")
                    .header("Sec-Fetch-Site", "cross-site")
                    .build());
        }

        await().untilAsserted(() -> assertThat(instance.trail())
                .filteredOn(AuditEntry::getRefused)
                .filteredOn(entry -> "the request comes from another site".equals(entry.getDetail()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getAuthor()).isEqualTo("admin link");
                    assertThat(entry.getSubject()).isEqualTo("POST /api/v1/things");
                    assertThat(entry.getAddress()).isEqualTo("127.0.0.1");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/things",
                "/api/v1/things/",
                "//api/v1/things",
                "/api//v1/things",
                "/api/v1//things",
                "/api/v1/./things",
                "/assets/../api/v1/things",
                "/assets/..%2fapi/v1/things",
                "/assets/%2e%2e/api/v1/things",
                "/api/v1/public/../things",
                "/api/v1/public/..%2fthings",
                "/api/v1/public/..;/things",
                "/api/v1/public;/../things",
                "/api/v1/things;x=/api/v1/public",
                "/API/v1/things",
                "/%61pi/v1/things",
                "/api%2fv1%2fthings",
                "/api/v1/%74hings",
                "/api/v1/things%00",
                "/api/v1/things?/assets/x",
                "/health/live/../../api/v1/things",
                "/api/v1/models/a%2fb",
                "/api/v1/models/..%2f..%2fthings",
                "/sign-in/../api/v1/things",
                "http://127.0.0.1/api/v1/things",
            })
    void findsNoPathRoundTheDoor(String path) throws IOException {
        assertThat(raw("GET", path)).as(path).doesNotContain("things\r\n", "a model");
        assertThat(status(raw("GET", path))).as(path).isIn(400, 401, 404);
        assertThat(status(raw("HEAD", path))).as(path).isIn(400, 401, 404);
    }

    @Test
    void notesPathsThatLeadUpAgain() throws IOException {
        assertThat(status(raw("GET", "/api/v1/public/..%2fthings"))).isEqualTo(400);

        await().untilAsserted(() -> assertThat(instance.trail())
                .filteredOn(AuditEntry::getRefused)
                .extracting(AuditEntry::getDetail)
                .anyMatch(detail -> detail.contains("the path leads up again")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/assets/x.css", "/api/v1/public", "/sign-in"})
    void isOpenWhereItMustBe(String path) {
        try (var stranger = new Browser()) {
            assertThat(get(stranger, path).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sign-in", "/api/v1/things", "/api/v1/none", "/assets/x.css"})
    void tellsBrowsersToShowNothingOfOthers(String path) {
        try (var stranger = new Browser()) {
            var headers = get(stranger, path).headers();

            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Cache-Control").orElse(""))
                    .isEqualTo(path.startsWith("/api") || path.startsWith("/sign-in") ? "no-store" : "");
        }
    }

    @Test
    void showsPeopleWhereToSignInAndTellsProgramsThatTheyMust() {
        try (var stranger = new Browser()) {
            assertThat(get(stranger, "/").headers().firstValue("Location")).contains("/sign-in?to=%2F");
            var answer = get(stranger, "/api/v1/things");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).startsWith("{\"error\":");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"forebear\"");
        }
    }

    private Browser signedIn() {
        if (get(admin, "/api/v1/things").statusCode() != 200) {
            admin.submit(instance.at(link), Map.of());
        }
        return admin;
    }

    private static HttpResponse<String> get(Browser browser, String path) {
        return browser.send(HttpRequest.newBuilder(instance.at(path)).build());
    }

    private static void set(HttpRequest.Builder request, String header, String value) {
        if (value != null) {
            request.header(header, value);
        }
    }

    /** Sends a path as it is; clients that mean well would tidy it up. */
    private static String raw(String method, String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", instance.page().getPort())) {
            socket.setSoTimeout(10_000);
            String request = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
