package dev.forebear.alerts.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.runtime.Secret;
import dev.forebear.schemas.wire.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Secret KEY = Secret.of("a key of more than thirty-two bytes, kept well");

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private URI page = URI.create("http://localhost");
    private final Sessions sessions = new Sessions(KEY, Duration.ofHours(8), new Cookies(() -> page), () -> now);
    private final Metrics metrics = new Metrics("test");
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpListener listener;

    @BeforeEach
    void serve() {
        listener = HttpListener.start(ListenAddress.anyLoopbackPort(), 1_000, metrics, List.of(), config -> {
            config.routes.get("/in", context -> sessions.give(context, sessions.begin("ana", Role.RESPONDER)));
            config.routes.get(
                    "/who",
                    context -> context.result(sessions.of(context)
                            .map(session -> session.name() + " " + session.role())
                            .orElse("nobody")));
            config.routes.get("/out", sessions::end);
        });
    }

    @AfterEach
    void stop() {
        client.close();
        listener.close();
        metrics.close();
    }

    @Test
    void lastsAsLongAsItSaidWhateverIsDoneInIt() throws Exception {
        String cookie = signIn();

        now = now.plus(Duration.ofHours(7));
        assertThat(get("/who", cookie).body()).isEqualTo("ana RESPONDER");
        assertThat(get("/who", cookie).headers().firstValue("Set-Cookie")).isEmpty();
        now = now.plus(Duration.ofHours(1));
        assertThat(get("/who", cookie).body()).isEqualTo("nobody");
    }

    @Test
    void isNotSentAlongByPagesOfOthersNorReadByScripts() throws Exception {
        assertThat(get("/in", "").headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("forebear-session=")
                .contains("Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=28800")
                .doesNotContain("Secure", "Domain");
    }

    @Test
    void travelsByHttpsAloneWhereThePageDoes() throws Exception {
        page = URI.create("https://forebear.example.com");

        assertThat(get("/in", "").headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("__Host-forebear-session=")
                .contains("Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void isWorthNothingAfterSigningOut() throws Exception {
        String cookie = signIn();

        assertThat(get("/out", cookie).headers().firstValue("Set-Cookie").orElseThrow())
                .contains("forebear-session=;", "Expires=Thu, 01 Jan 1970");
        assertThat(get("/who", cookie).body()).isEqualTo("nobody");
    }

    private String signIn() throws Exception {
        return get("/in", "").headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        var request = HttpRequest.newBuilder(listener.uri().resolve(path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
