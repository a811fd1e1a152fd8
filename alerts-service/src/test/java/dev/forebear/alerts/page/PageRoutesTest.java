package dev.forebear.alerts.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.Reports;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.alerts.projection.ReportEntry;
import dev.forebear.runtime.HttpListener;
import dev.forebear.runtime.ListenAddress;
import dev.forebear.runtime.Metrics;
import dev.forebear.schemas.wire.LineageReport;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageRoutesTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>//..";
    private static final Projection PROJECTION = new Projection();

    private static Metrics metrics;
    private static HttpListener listener;
    private static HttpClient client;

    @BeforeAll
    static void serve() {
        metrics = new Metrics("test");
        listener = HttpListener.start(
                ListenAddress.anyLoopbackPort(),
                1_000,
                metrics,
                List.of(),
                new PageRoutes(PROJECTION, InstantSource.system())::addTo);
        client = HttpClient.newHttpClient();
        for (int i = 0; i < 7; i++) {
            apply(Reports.of("model-" + i + "@1", Reports.base("basalt")));
        }
        apply(Reports.of(
                HOSTILE + "@1",
                Reports.match("basalt").setEffectSize(Double.NaN).build()));
    }

    @AfterAll
    static void stop() {
        client.close();
        listener.close();
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/summary", "/api/models?id=none"})
    void protectsEveryAnswer(String path) {
        HttpResponse<String> response = get(path);

        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void answersNothingNewWithoutABody() {
        String tag = get("/api/uploads").headers().firstValue("ETag").orElseThrow();
        assertThat(get("/api/uploads", "If-None-Match", tag).statusCode()).isEqualTo(304);

        apply(Reports.of("one-more@1"));

        assertThat(get("/api/uploads", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void asksForWhatIsReadNowEveryTimeAnew() {
        HttpResponse<String> response = get("/api/reads");

        assertThat(response.body()).isEqualTo("[]");
        assertThat(response.headers().firstValue("ETag")).isEmpty();
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void pagesThroughAList() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = json("/api/matches?limit=3&cursor=" + cursor);
            assertThat(page.get("total").asInt()).isEqualTo(8);
            page.get("items")
                    .forEach(item -> seen.add(item.get("modelVersionId").asText()));
            cursor = page.get("next").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));

        assertThat(seen).hasSize(8).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/alerts?limit=0, limit: expected a whole number from 1 to 200",
        "/api/alerts?limit=many, limit: expected a whole number from 1 to 200",
        "/api/alerts?cursor=x, cursor: expected the value of an earlier answer's 'next'",
        "/api/models, id: expected one"
    })
    void refusesQuestionsThatMakeNoSense(String path, String problem) {
        assertThat(get(path).statusCode()).isEqualTo(400);
        assertThat(json(path).get("error").asText()).startsWith(problem);
    }

    @Test
    void saysWhatIsNotKnown() {
        assertThat(get("/api/models/internal/none@1").statusCode()).isEqualTo(404);
        assertThat(json("/api/models/internal/none@1").get("error").asText())
                .isEqualTo("no model version 'internal/none@1' is known");
    }

    @Test
    void findsThingsByIdInThePathAndInTheQuery() {
        assertThat(json("/api/reports/internal/model-1@1%231"))
                .isEqualTo(json("/api/reports?id=internal/model-1@1%231"));
        assertThat(json("/api/models/internal/model-1@1")
                        .get("upload")
                        .get("state")
                        .asText())
                .isEqualTo("analysed");
    }

    @Test
    void findsModelsWhateverTheirNames() {
        String id = URLEncoder.encode("internal/" + HOSTILE + "@1", StandardCharsets.UTF_8);

        JsonNode model = json("/api/models?id=" + id);

        assertThat(model.get("upload").get("modelVersionId").asText()).isEqualTo("internal/" + HOSTILE + "@1");
        assertThat(model.get("report").get("matches").get(0).get("effectSize").isNull())
                .isTrue();
    }

    @Test
    void makesNoMarkupOfTexts() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/dev/forebear/alerts/page"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                        .doesNotContainPattern("(from|import\\(|fetch\\()\\s*[\"'`]https?:");
            }
        }
    }

    private static void apply(LineageReport report) {
        PROJECTION.apply(new ReportEntry(report, 0, 0));
    }

    private static JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(get(path).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(String path, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(listener.uri().resolve(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
