package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.Wire;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
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

/** Tokens, the link of the first start, and what others try. */
class AccessControlTest {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    @Test
    void letsAnAdminInOnceByTheLinkOfTheFirstStart() {
        WireConfig fresh = broker.create("link.");
        try (var started = Instance.start(broker, fresh, folder.resolve("link"), AccessConfig.tokensOnly());
                var preview = new Browser();
                var first = new Browser();
                var late = new Browser()) {
            URI link = started.at(started.control().firstSignInPath().orElseThrow());

            assertThat(preview.open(link).body()).contains("<form method=\"post\">");
            assertThat(first.submit(link, Map.of()).body()).isEqualTo("the page");
            assertThat(first.open(started.at("/api/v1/tokens")).statusCode()).isEqualTo(200);
            assertThat(late.submit(link, Map.of()).statusCode()).isEqualTo(410);
            assertThat(late.open(started.at("/api/v1/things")).statusCode()).isEqualTo(401);
            assertThat(started.trail()).extracting(AuditEntry::getAction).contains("session.began", "access.refused");
            assertThat(broker.read(fresh, Topics.API_TOKENS).toString() + started.trail())
                    .doesNotContain(link.getPath().substring(FirstSignIn.PATH.length()));
        }
    }

    @Test
    void printsALinkAtEachStartUntilThereIsAnAdmin() {
        WireConfig fresh = broker.create("starts.");
        URI former;
        try (var started = Instance.start(broker, fresh, folder.resolve("starts"), AccessConfig.tokensOnly())) {
            former = URI.create(started.control().firstSignInPath().orElseThrow());
        }
        try (var again = Instance.start(broker, fresh, folder.resolve("starts"), AccessConfig.tokensOnly());
                var browser = new Browser()) {
            assertThat(browser.open(again.at(former.getPath())).statusCode()).isEqualTo(410);
            assertThat(browser.open(again.at(again.control().firstSignInPath().orElseThrow()))
                            .statusCode())
                    .isEqualTo(200);
            again.token("operator", Role.ADMIN);
        }
        try (var third = Instance.start(broker, fresh, folder.resolve("starts"), AccessConfig.tokensOnly())) {
            assertThat(third.control().firstSignInPath()).isEmpty();
        }
    }

    @Test
    void refusesAnotherSiteThatPressesTheButtonOfALink() {
        WireConfig fresh = broker.create("press.");
        try (var started = Instance.start(broker, fresh, folder.resolve("press"), AccessConfig.tokensOnly());
                var browser = new Browser()) {
            URI link = started.at(started.control().firstSignInPath().orElseThrow());
            var form = Browser.form(link, Map.of()).header("Sec-Fetch-Site", "cross-site");

            assertThat(browser.send(form.build()).statusCode()).isEqualTo(403);
            assertThat(browser.open(link).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void makesListsAndEndsTokens() throws IOException {
        signedIn();
        JsonNode made = json(admin.send(post("/api/v1/tokens", "{\"name\":\"ci\",\"role\":\"responder\"}")));
        String id = made.at("/token/id").asText();
        String secret = made.path("secret").asText();

        assertThat(secret).matches("fb_[0-9a-z]{16}_[0-9a-z]{40}").startsWith(id);
        assertThat(json(withToken(secret, instance.post("/api/v1/things", "{}"))))
                .isEqualTo(JSON.readTree("{\"by\":\"token ci\",\"via\":\"api\"}"));
        assertThat(get(admin, "/api/v1/tokens").body()).contains(id).doesNotContain(secret.substring(id.length()));

        var revocation = HttpRequest.newBuilder(instance.at("/api/v1/tokens/" + id))
                .header("Sec-Fetch-Site", "same-origin")
                .DELETE()
                .build();
        assertThat(admin.send(revocation).statusCode()).isEqualTo(204);
        assertThat(withToken(secret, HttpRequest.newBuilder(instance.at("/api/v1/things")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(instance.trail())
                .filteredOn(entry -> entry.getSubject().equals(id))
                .extracting(AuditEntry::getAction, AuditEntry::getAuthor)
                .containsExactly(tuple("token.created", "admin link"), tuple("token.revoked", "admin link"));
        assertThat(broker.read(wire, Topics.API_TOKENS))
                .extracting(ApiToken::toString)
                .noneMatch(token -> token.contains(secret.substring(id.length() + 1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"role":"viewer"}                                                    | name: expected a text, found none
        {"name":"","role":"viewer"}                                          | name: expected 1 to 100 characters
        {"name":"ci","role":"owner"}                                         | role: expected viewer, responder or admin
        {"name":"ci","role":"viewer","expiresAt":"soon"}                     | expiresAt: expected a time
        {"name":"ci","role":"viewer","expiresAt":"2001-01-01T00:00:00Z"}     | expiresAt: expected a time to come
        {"name":"ci","role":"viewer","scope":"all"}                          | scope: expected one of
        []                                                                   | expected a JSON object
        """)
    void saysWhatIsWrongWithATokenAskedFor(String body, String problem) {
        signedIn();

        HttpResponse<String> answer = admin.send(post("/api/v1/tokens", body));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, GET, /api/v1/things, 200",
        "VIEWER, POST, /api/v1/things, 403",
        "VIEWER, GET, /api/v1/tokens, 403",
        "RESPONDER, POST, /api/v1/things, 200",
        "RESPONDER, GET, /api/v1/tokens, 403",
        "ADMIN, POST, /api/v1/things, 200",
        "ADMIN, GET, /api/v1/tokens, 200",
        "ADMIN, DELETE, /api/v1/tokens/none, 404",
        "ADMIN, DELETE, /api/v1/tokens/first-sign-in, 404"
    })
    void allowsWhatTheRoleOfATokenAllows(Role role, String method, String path, int status) {
        var request = HttpRequest.newBuilder(instance.at(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody());

        assertThat(withToken(instance.token("test", role).secret().reveal(), request)
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer fb_0000000000000000_0000000000000000000000000000000000000000",
                "Bearer fb_short",
                "Bearer first-sign-in_0000000000000000000000000000000000000000",
                "Basic YWRtaW46YWRtaW4=",
                "Bearer",
                "",
            })
    void refusesWhatIsNoTokenOfOurs(String authorization) {
        try (var browser = new Browser()) {
            var request = HttpRequest.newBuilder(instance.at("/api/v1/things"))
                    .header("Authorization", authorization)
                    .build();

            assertThat(browser.send(request).statusCode()).isIn(401, 429);
        }
    }

    @Test
    void refusesTheRightIdWithAnotherSecret() {
        String token = instance.token("test", Role.ADMIN).secret().reveal();
        String forged = token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");

        assertThat(withToken(forged, HttpRequest.newBuilder(instance.at("/api/v1/things")))
                        .statusCode())
                .isIn(401, 429);
        assertThat(withToken(token, HttpRequest.newBuilder(instance.at("/api/v1/things")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void asksWhoFailsTooOftenToWaitButLetsARightTokenIn() {
        String token = instance.token("test", Role.VIEWER).secret().reveal();
        HttpResponse<String> answer = null;
        for (int i = 0; i <= FailedSignIns.MAX_A_MINUTE; i++) {
            answer = withToken("fb_wrong", HttpRequest.newBuilder(instance.at("/api/v1/things")));
        }

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertThat(withToken(token, HttpRequest.newBuilder(instance.at("/api/v1/things")))
                        .statusCode())
                .isEqualTo(200);
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

    private static HttpRequest post(String path, String body) {
        return instance.post(path, body).header("Sec-Fetch-Site", "same-origin").build();
    }

    private static HttpResponse<String> withToken(String token, HttpRequest.Builder request) {
        try (var program = new Browser()) {
            return program.send(
                    request.header("Authorization", "Bearer " + token).build());
        }
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return JSON.readTree(answer.body());
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
