package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.Wire;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.ApiToken;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of programs, and the link of the first start. */
class TokensTest {

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
            var byAnotherSite = Browser.form(link, Map.of()).header("Sec-Fetch-Site", "cross-site");
            assertThat(late.send(byAnotherSite.build()).statusCode()).isEqualTo(403);
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
}
