package dev.forebear.alerts.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiRoutesTest {

    @TempDir
    static Path data;

    static FilledApi api;
    static AnswerSchemas schemas;

    @BeforeAll
    static void start() throws Exception {
        api = FilledApi.start(data);
        schemas = new AnswerSchemas(api.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/overview",
                "/reads",
                "/search?query=helios",
                "/models",
                "/models?progress=not-analysed&registry=internal",
                "/models/facets",
                "/model?id=internal/helios-7b@v4",
                "/model?id=internal/unread",
                "/model?id=internal/waiting@v1",
                "/model/versions?id=internal/helios-7b",
                "/model/lineage?id=internal/helios-7b@v4",
                "/report?model=internal/helios-7b@v4",
                "/report?id=internal/unread@v1%231",
                "/ancestor?id=hub/quarry-ai/basalt-7b",
                "/ancestor/descendants?id=hub/quarry-ai/basalt-7b",
                "/descendants?id=hub/quarry-ai/basalt-7b",
                "/descendants?id=nobody/nothing",
                "/ancestors?id=helios-7b",
                "/quarantines",
                "/alerts",
                "/alerts/facets",
                "/alert-groups",
                "/deliveries",
                "/registries",
                "/dead-letters",
                "/audit"
            })
    void answersAsDescribed(String path) {
        HttpResponse<String> response = api.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        String described = path.replaceAll("\\?.*", "");
        assertThat(schemas.problems("get", described, 200, FilledApi.json(response)))
                .as(response.body())
                .isEmpty();
    }

    @Test
    void answersAnAlertWithItsHistoryAsDescribed() {
        for (int i = 0; i < FilledTopics.ALERTS; i++) {
            HttpResponse<String> response =
                    api.get("/alerts/" + FilledTopics.alert(i).getAlertId());

            assertThat(schemas.problems("get", "/alerts/{id}", 200, FilledApi.json(response)))
                    .as(response.body())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/models",
                "/model/versions?id=internal/helios-7b",
                "/ancestor/descendants?id=hub/quarry-ai/basalt-7b",
                "/alerts",
                "/alerts?sort=updated",
                "/alerts?sort=opened",
                "/alert-groups",
                "/deliveries",
                "/audit"
            })
    void pagesThroughAListWithoutLeavingOutOrRepeatingAnything(String path) {
        String separator = path.contains("?") ? "&" : "?";
        JsonNode whole = api.json(path);
        List<JsonNode> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = api.json(path + separator + "limit=1&cursor=" + next);
            page.get("items").forEach(seen::add);
            next = page.get("next").asText("");
        } while (!next.isEmpty() && !next.equals("null"));

        assertThat(seen).hasSizeGreaterThan(1).containsExactlyElementsOf(whole.get("items"));
        assertThat(whole.get("total").asInt()).isEqualTo(seen.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/alerts?limit=0|limit: expected a whole number from 1 to 200, found '0'",
                "/alerts?limit=many|limit: expected a whole number from 1 to 200, found 'many'",
                "/alerts?state=odd|state: expected one of open, acknowledged, snoozed, resolved, found 'odd'",
                "/alerts?stat=open|'stat': expected one of the parameters",
                "/alerts?cursor=x|cursor: expected 'next' of an earlier answer to the same question, found 'x'",
                "/models?proven=yes|proven: expected one of true, false, found 'yes'",
                "/model|id: expected one, found none",
                "/report|id: expected either a report's id or 'model', found neither",
                "/search|query: expected a word or several, found none",
                "/audit?from=today|from: expected a time such as 2026-11-20T08:00:00Z, found 'today'",
                "/dead-letters/x/1|partition: expected a whole number from 0, found 'x'",
                "/overview?a=b|'a': expected no parameter"
            })
    void refusesQuestionsThatMakeNoSense(String path, String problem) {
        HttpResponse<String> response = api.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(FilledApi.json(response).get("error").asText()).startsWith(problem);
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        String next = api.json("/alerts?limit=1").get("next").asText();

        assertThat(api.get("/alerts?limit=1&sort=updated&cursor=" + next).statusCode())
                .isEqualTo(400);
        assertThat(api.get("/models?cursor=" + next).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/model?id=internal/none@1|no model version 'internal/none@1' is known",
                "/ancestor?id=internal/none|no model 'internal/none' is known",
                "/report?id=none|no report 'none' is known",
                "/alerts/al_none|no alert 'al_none' is known",
                "/dead-letters/0/99|no dead letter 0/99 is known"
            })
    void saysWhatIsNotKnown(String path, String problem) {
        HttpResponse<String> response = api.get(path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(FilledApi.json(response).get("error").asText()).isEqualTo(problem);
    }

    @Test
    void answersNothingNewWithoutABodyUntilSomethingChanges() throws Exception {
        String tag = api.get("/alerts").headers().firstValue("ETag").orElseThrow();
        assertThat(api.get("/alerts", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(api.get("/alerts?limit=1", "If-None-Match", tag).statusCode())
                .isEqualTo(200);

        var changed = FilledTopics.alert(0).setExplanation("more is known").build();
        api.write(Topics.LINEAGE_ALERTS, changed.getAlertId(), changed);

        assertThat(api.get("/alerts", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void filtersAlertsAndCountsWhatEachFilterWouldLeave() {
        JsonNode found = api.json("/alerts?state=open,snoozed&severity=low,critical&rule=undisclosed-ancestor");
        assertThat(found.get("items"))
                .extracting(alert -> alert.get("id").asText())
                .containsExactly(
                        FilledTopics.alert(6).getAlertId(),
                        FilledTopics.alert(0).getAlertId());

        JsonNode facets = api.json("/alerts/facets?state=open&rule=undisclosed-ancestor");
        assertThat(facets.get("state").toString())
                .isEqualTo("[{\"value\":\"open\",\"count\":2},{\"value\":\"snoozed\",\"count\":2}]");
        assertThat(facets.get("rule").toString()).isEqualTo("[{\"value\":\"undisclosed-ancestor\",\"count\":2}]");
        assertThat(facets.get("team").toString())
                .isEqualTo("[{\"value\":null,\"count\":1},{\"value\":\"nlp\",\"count\":1}]");
        assertThat(api.json("/alerts?team=,").get("total").asInt()).isEqualTo(4);
    }

    @Test
    void sortsAlertsByUrgencyUnlessAskedOtherwise() {
        assertThat(api.json("/alerts").get("items"))
                .extracting(alert -> alert.get("severity").asText())
                .containsExactly("critical", "critical", "high", "high", "medium", "medium", "low", "low");
        assertThat(api.json("/alerts?sort=updated&limit=1").at("/items/0/id").asText())
                .isEqualTo(FilledTopics.alert(7).getAlertId());
    }

    @Test
    void tellsOfEachChannelWhatBecameOfTellingIt() {
        JsonNode told =
                api.json("/alerts/" + FilledTopics.alert(0).getAlertId()).at("/alert/told");

        assertThat(told)
                .extracting(each ->
                        each.get("channel").asText() + " " + each.get("outcome").asText())
                .containsExactly("governance-slack delivered", "nlp-team waiting");
    }

    @Test
    void mergesTheHistoryOfAnAlertInTime() {
        JsonNode history =
                api.json("/alerts/" + FilledTopics.alert(0).getAlertId()).get("history");

        assertThat(history)
                .extracting(entry -> entry.get("what").asText())
                .containsExactly("delivery", "delivery", "action", "found-in", "opened", "found-in");
    }

    @Test
    void tellsWhatWasDeclaredAndWhatWasFound() {
        JsonNode model = api.json("/model?id=internal/helios-7b");

        assertThat(model.at("/version/id").asText()).isEqualTo(FilledTopics.HELIOS);
        assertThat(model.at("/fingerprint/shape/layers").asInt()).isEqualTo(2);
        assertThat(model.at("/signature/state").asText()).isEqualTo("consistent");
        assertThat(model.at("/signature/compared").asInt()).isEqualTo(7);
        assertThat(model.at("/found/0/base/modelVersionId").asText()).isEqualTo(FilledTopics.BASALT);
        assertThat(model.get("declared")).hasSize(2);
        assertThat(model.get("versionsTotal").asInt()).isEqualTo(4);
        assertThat(model.get("alerts")).hasSize(FilledTopics.ALERTS);
        assertThat(model.get("descendants").asInt()).isEqualTo(1);
    }

    @Test
    void drawsThePortraitsOfAModelAndOfItsParents() {
        JsonNode report = api.json("/report?model=" + FilledTopics.HELIOS);

        assertThat(report.at("/portrait/anchorCosines").toString()).isEqualTo("[127,-64,0]");
        assertThat(report.at("/matches/0/portrait/layerEnergies").toString()).isEqualTo("[0.5,1.0]");
    }

    @Test
    void countsAllWhoDescendFromAnAncestor() {
        JsonNode ancestor = api.json("/ancestor?id=" + FilledTopics.BASALT);

        assertThat(ancestor.get("modelId").asText()).isEqualTo("hub/quarry-ai/basalt-7b");
        assertThat(ancestor.get("descendants").asInt()).isEqualTo(6);
        assertThat(ancestor.get("deleted").asInt()).isEqualTo(1);
        assertThat(ancestor.get("family").asText()).isEqualTo("basalt");
        assertThat(ancestor.at("/byRegistry/0/count").asInt()).isEqualTo(6);
        assertThat(ancestor.get("groups")).hasSize(2);
        JsonNode child = api.json("/ancestor/descendants?id=hub/quarry-ai/basalt-7b&depth=2")
                .at("/items/0");
        assertThat(child.get("through").asText()).isIn(FilledTopics.HELIOS, FilledTopics.BASALT);
    }

    @Test
    void drawsTheStepsBetweenAModelAndItsAncestors() {
        JsonNode graph = api.json("/model/lineage?id=" + FilledTopics.CHILD + "&direction=ancestors");

        assertThat(graph.get("nodes"))
                .extracting(node ->
                        node.get("id").asText() + " " + node.get("depth").asInt())
                .containsExactly(FilledTopics.CHILD + " 0", FilledTopics.HELIOS + " 1", FilledTopics.BASALT + " 2");
        assertThat(graph.get("edges")).hasSize(2);
    }

    @Test
    void findsModelsByPartsOfNamesOfAncestorsAndByLicences() {
        assertThat(api.json("/search?query=HELIOS").get("items"))
                .extracting(hit -> hit.get("modelId").asText())
                .containsExactlyInAnyOrder("internal/helios-7b", "internal/helios-chat");
        assertThat(api.json("/search?query=wa").at("/items/0/modelId").asText()).isEqualTo("internal/waiting");
        assertThat(api.get("/search?query=" + FilledApi.encoded("\" OR \"* NEAR("))
                        .statusCode())
                .isEqualTo(200);
        JsonNode found = api.json("/models?query=basalt");
        assertThat(found.get("total").asInt()).isGreaterThanOrEqualTo(6);
        assertThat(counted(api.json("/models/facets?query=basalt").get("registry")))
                .isEqualTo(found.get("total").asInt());
        assertThat(counted(api.json("/models/facets").get("licence")))
                .isEqualTo(api.json("/models").get("total").asInt());
    }

    private static int counted(JsonNode values) {
        return values.valueStream()
                .mapToInt(value -> value.get("count").asInt())
                .sum();
    }

    @Test
    void findsAlertsThatHoldAllWords() {
        int any = api.json("/alerts?query=helios").get("total").asInt();
        int all = api.json("/alerts?query=helios+basalt").get("total").asInt();

        assertThat(all).isPositive().isLessThanOrEqualTo(any);
        assertThat(api.json("/alerts?query=helios+nothing-like-it").get("total").asInt())
                .isZero();
    }

    @Test
    void showsTheDayAtAGlance() {
        JsonNode overview = api.json("/overview");

        assertThat(overview.at("/models/notAnalysed").asInt()).isEqualTo(1);
        assertThat(overview.at("/models/inProgress").asInt()).isEqualTo(2);
        assertThat(overview.get("arrivals")).hasSize(30);
        assertThat(overview.at("/notAnalysed/0/value").asText()).isEqualTo("malformed");
        assertThat(overview.at("/waiting/deadLetters").asInt()).isEqualTo(1);
        assertThat(overview.at("/waiting/failed").asInt()).isEqualTo(1);
        assertThat(overview.at("/waiting/reads").asInt()).isEqualTo(1);
    }

    @Test
    void showsWhatADeadLetterHolds() {
        JsonNode letter = api.json("/dead-letters").at("/items/0");
        HttpResponse<String> response =
                api.get("/dead-letters/" + letter.get("partition") + "/" + letter.get("offset"));

        JsonNode detail = FilledApi.json(response);
        assertThat(schemas.problems("get", "/dead-letters/{partition}/{offset}", 200, detail))
                .isEmpty();
        assertThat(detail.at("/value/hex").asText()).isEqualTo("000000004dff");
        assertThat(detail.at("/value/text").isNull()).isTrue();
        assertThat(detail.at("/key/text").asText()).isEqualTo("internal/<b>x</b>");
    }

    @Test
    void mergesWhatWasDoneToAlertsWithTheRestOfTheTrail() {
        assertThat(api.json("/audit").get("items"))
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("exception.granted", "alert.comment", "exception.granted");
        assertThat(api.json("/audit?action=alert").get("total").asInt()).isEqualTo(1);
        assertThat(api.json("/audit?refused=true&author=bo").get("total").asInt())
                .isEqualTo(1);
    }

    @Test
    void findsModelsWhateverTheirNames() {
        HttpResponse<String> response = api.get("/model?id=" + FilledApi.encoded(FilledTopics.HOSTILE));

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(FilledApi.json(response).at("/version/id").asText()).isEqualTo(FilledTopics.HOSTILE);
        JsonNode report = api.json("/report?model=" + FilledApi.encoded(FilledTopics.HOSTILE));
        assertThat(report.at("/matches/0/effectSize").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/overview", "/model?id=none", "/nowhere", "/openapi.yaml", "/alerts/%2e%2e"})
    void protectsEveryAnswer(String path) {
        HttpResponse<String> response = api.get(path);

        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow()).containsAnyOf("private", "no-store");
    }
}
