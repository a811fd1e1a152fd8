package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.forebear.alerts.Wire;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.Role;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;

/** The whole way of signing in, at a provider of others. */
class OpenIdSignInTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u202e";

    @TempDir
    static Path folder;

    static Wire broker;
    static Provider provider;
    static Instance instance;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        broker = new Wire(folder.resolve("broker"));
        provider = Provider.start();
        var signIn = new SignIn(
                provider.issuer(),
                Provider.CLIENT,
                Secret.of(Provider.CLIENT_SECRET),
                List.of("openid", "email"),
                "email",
                "groups",
                Map.of(Role.ADMIN, Set.of("platform"), Role.RESPONDER, Set.of("governance")),
                null,
                "Ask platform@example.com",
                Duration.ofHours(1));
        instance = Instance.start(
                broker, broker.create("oidc."), folder, new AccessConfig(AccessMode.SIGN_IN, signIn, null));
        provider.register(instance.page());
    }

    @AfterAll
    static void stop() {
        instance.close();
        provider.close();
        broker.close();
    }

    @BeforeEach
    void sayNothingSpecial() {
        provider.claim(none -> {});
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    @Test
    void showsWhereToSignInAndComesBackToWhatWasAskedFor() {
        HttpResponse<String> page = browser.open(instance.at("/"));

        assertThat(page.uri().getPath()).isEqualTo("/sign-in");
        assertThat(page.body()).contains("href=\"/sign-in/start?to=%2F\"", "127.0.0.1");
        assertThat(signIn()).satisfies(answer -> {
            assertThat(answer.uri()).isEqualTo(instance.at("/"));
            assertThat(answer.body()).isEqualTo("the page");
        });
        assertThat(me()).contains("\"by\":\"ana@example.com\"", "\"via\":\"page\"");
    }

    @Test
    void keepsTheSessionFromScripts() {
        signIn();

        assertThat(browser.cookie("forebear-session"))
                .hasValueSatisfying(cookie -> assertThat(cookie.isHttpOnly()).isTrue());
        assertThat(browser.cookie("forebear-sign-in")).isEmpty();
    }

    @Test
    void writesDownWhoCameInAndWhoWent() {
        signIn();
        signOut();

        await().untilAsserted(() -> assertThat(instance.trail())
                .filteredOn(entry -> entry.getAuthor().equals("ana@example.com"))
                .extracting("action")
                .contains("session.began", "session.ended"));
    }

    @Test
    void givesTheHighestRoleOfAllGroups() {
        provider.claim(claims -> claims.claim("groups", List.of("governance", "platform", "others")));
        signIn();

        assertThat(get("/api/v1/tokens").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatTheRoleDoesNotAllow() {
        signIn();

        assertThat(get("/api/v1/tokens").statusCode()).isEqualTo(403);
    }

    @Test
    void tellsSomebodyInNoGroupWhomToAsk() {
        provider.claim(claims -> claims.claim("groups", List.of("strangers")).claim("email", HOSTILE));

        HttpResponse<String> answer = signIn();

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("Ask platform@example.com", "&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img src=x", "\u202e");
        assertThat(get("/api/v1/things").statusCode()).isEqualTo(401);
    }

    static Stream<Arguments> wrongTokens() {
        return Stream.of(
                wrong("nonce", claims -> claims.claim("nonce", "of-somebody-else")),
                wrong("audience", claims -> claims.audience(List.of("another-client"))),
                wrong("issuer", claims -> claims.issuer("http://127.0.0.1:1")),
                wrong("end", Provider::expired));
    }

    private static Arguments wrong(String what, Consumer<JwtClaimsSet.Builder> claims) {
        return Arguments.of(what, claims);
    }

    @ParameterizedTest(name = "refuses an ID token of the wrong {0}")
    @MethodSource("wrongTokens")
    void refusesAnIdTokenThatIsNotForUsNow(String what, Consumer<JwtClaimsSet.Builder> claims) {
        provider.claim(claims);

        assertThat(signIn().statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/things").statusCode()).isEqualTo(401);
        assertThat(browser.cookie("forebear-session")).isEmpty();
    }

    @Test
    void refusesAnAnswerWithAnotherState() {
        browser.sentElsewhere(address -> address.getPath().equals("/sign-in/callback")
                ? URI.create(address.toString().replaceFirst("state=[^&]+", "state=another"))
                : address);

        assertThat(signIn().statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/things").statusCode()).isEqualTo(401);
    }

    @Test
    void refusesAnAnswerThatAnotherBrowserAskedFor() {
        var address = new URI[1];
        browser.sentElsewhere(next -> {
            if (next.getPath().equals("/sign-in/callback")) {
                address[0] = next;
                return instance.at("/assets/none.css");
            }
            return next;
        });
        signIn();

        try (var victim = new Browser()) {
            assertThat(victim.open(address[0]).statusCode()).isEqualTo(400);
            assertThat(victim.cookie("forebear-session")).isEmpty();
        }
    }

    @Test
    void knowsKeysThatTheProviderChangedTo() {
        signIn();
        provider.rotateKeys();

        try (var other = new Browser()) {
            assertThat(signIn(other, "/").body()).isEqualTo("the page");
        }
    }

    @Test
    void sendsNobodyToAnotherSiteAfterSigningIn() {
        assertThat(signIn(browser, "//evil.example/").uri()).isEqualTo(instance.at("/"));
    }

    @Test
    void signsOutHereAndAtTheProvider() {
        signIn();
        String session = browser.cookie("forebear-session").orElseThrow().getValue();

        HttpResponse<String> form = browser.open(instance.at("/sign-out"));
        HttpResponse<String> answer = signOut();

        assertThat(form.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' " + provider.issuer());
        assertThat(answer.uri()).isEqualTo(instance.at("/sign-in"));
        assertThat(browser.open(instance.at("/sign-in/start")).body())
                .as("the provider asks for the password again")
                .contains("password");
        try (var thief = new Browser()) {
            var request = HttpRequest.newBuilder(instance.at("/api/v1/things"))
                    .header("Cookie", "forebear-session=" + session)
                    .build();
            assertThat(thief.send(request).statusCode()).isEqualTo(401);
        }
    }

    private HttpResponse<String> signIn() {
        return signIn(browser, "/");
    }

    private static HttpResponse<String> signIn(Browser browser, String to) {
        HttpResponse<String> login = browser.open(instance.at("/sign-in/start?to=" + to));
        assertThat(login.uri()).hasPath("/login");
        return browser.submit(login.uri(), Map.of("username", Provider.USER, "password", Provider.PASSWORD));
    }

    private HttpResponse<String> signOut() {
        return browser.submit(instance.at("/sign-out"), Map.of());
    }

    private HttpResponse<String> get(String path) {
        return browser.send(HttpRequest.newBuilder(instance.at(path)).build());
    }

    private String me() {
        return browser.send(instance.post("/api/v1/things", "{}")
                        .header("Sec-Fetch-Site", "same-origin")
                        .build())
                .body();
    }
}
