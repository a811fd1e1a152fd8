package dev.forebear.alerts.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.forebear.schemas.Topics;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiWritesTest {

    private static final String LATER = Instant.now().plus(Duration.ofDays(30)).toString();

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

    @Test
    void hasTheRoutesThatAreDescribedAndNoOthers() {
        Set<String> described = schemas.operations();
        Set<String> registered = api.routes().stream()
                .filter(route -> route.matches("(GET|POST|PUT|PATCH|DELETE) " + ApiRoutes.ROOT + "/.*"))
                .filter(route -> !route.endsWith("*"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(registered).isEqualTo(described);
    }

    @Test
    void quarantinesAModelUntilItIsLiftedAndSaysSoInTheAuditTrail() throws Exception {
        String id = "hub/quarry-ai/basalt-7b";
        HttpResponse<String> begun = api.post("/quarantines", "{\"id\": \"" + id + "\", \"reason\": \"backdoor\"}");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        assertThat(schemas.problems("post", "/quarantines", 201, FilledApi.json(begun)))
                .isEmpty();
        assertThat(api.json("/ancestor?id=" + id).at("/quarantines/0/reason").asText())
                .isEqualTo("backdoor");
        assertThat(api.json("/descendants?id=" + id)
                        .at("/quarantines/0/standing")
                        .asText())
                .isEqualTo("active");
        assertThat(api.post("/quarantines", "{\"id\": \"" + id + "\", \"reason\": \"again\"}")
                        .statusCode())
                .isEqualTo(409);
        String encoded = FilledApi.encoded(id);
        assertThat(api.delete("/quarantines?id=" + encoded + "&reason=checked").statusCode())
                .isEqualTo(204);
        assertThat(api.delete("/quarantines?id=" + encoded).statusCode()).isEqualTo(404);
        assertThat(api.json("/quarantines?standing=lifted").at("/items/0/id").asText())
                .isEqualTo(id);
        assertThat(api.written(Topics.AUDIT_ENTRIES))
                .filteredOn(entry -> entry.getSubject().equals(id))
                .extracting(entry -> entry.getAction() + ": " + entry.getDetail())
                .containsExactly("quarantine.begun: backdoor", "quarantine.lifted: checked");
    }

    @Test
    void quarantinesWhatIsNotKnownOnlyWhenAskedTo() {
        HttpResponse<String> refused = api.post("/quarantines", "{\"id\": \"hub/basalt\", \"reason\": \"backdoor\"}");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(FilledApi.json(refused).path("error").asText())
                .isEqualTo("no model 'hub/basalt' is known; known are hub/quarry-ai/basalt-7b");
        assertThat(api.post("/quarantines", "{\"id\": \"hub/basalt\", \"reason\": \"x\", \"unknown\": true}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.post("/quarantines", "{\"id\": \"basalt\", \"reason\": \"x\", \"unknown\": true}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void notesACommentOnAnAlert() {
        String id = FilledTopics.alert(2).getAlertId();

        HttpResponse<String> response = api.post(
                "/alerts/" + id + "/actions", "{\"kind\": \"comment\", \"reason\": \"<b>seen</b>\\r\\n\\u202e\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode detail = FilledApi.json(response);
        assertThat(schemas.problems("post", "/alerts/{id}/actions", 200, detail))
                .isEmpty();
        assertThat(detail.at("/history").toString()).contains("<b>seen</b>");
        assertThat(api.json("/audit?action=alert.comment&subject=" + id)
                        .at("/items/0/author")
                        .asText())
                .isEqualTo("local");
    }

    @Test
    void saysSoWhenAnAlertDoesNotFollowAnActionInTime() throws Exception {
        String id = FilledTopics.alert(3).getAlertId();

        HttpResponse<String> response = api.post("/alerts/" + id + "/actions", "{\"kind\": \"acknowledge\"}");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(api.written(Topics.ALERT_ACTIONS)).anySatisfy(action -> {
            assertThat(action.getAlertId()).isEqualTo(id);
            assertThat(action.getAuthor()).isEqualTo("local");
        });
    }

    @Test
    void actsOnManyAlertsAndTellsWhichThereAreNot() {
        String id = FilledTopics.alert(4).getAlertId();

        HttpResponse<String> response = api.post(
                "/alerts/actions",
                "{\"ids\": [\"" + id + "\", \"al_none\"], \"kind\": \"comment\", \"reason\": \"x\"}");

        JsonNode acted = FilledApi.json(response);
        assertThat(schemas.problems("post", "/alerts/actions", 200, acted)).isEmpty();
        assertThat(acted.get("unknown").toString()).isEqualTo("[\"al_none\"]");
        assertThat(acted.get("items")).hasSize(1);
        assertThat(acted.get("pending").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|kind: expected one of acknowledge, snooze, resolve, reopen, comment, found none",
                "[]|body: expected a JSON object, found something else",
                "{|body: expected a JSON object, found what is no JSON",
                "{\"kind\": \"resolve\"}|reason: expected a text, to resolve, found none",
                "{\"kind\": \"snooze\"}|until: expected a time, or untilChange, to snooze, found neither",
                "{\"kind\": \"snooze\", \"until\": \"2020-01-01T00:00:00Z\"}|until: expected a time within the next"
                        + " 366 days",
                "{\"kind\": \"snooze\", \"until\": \"soon\"}|until: expected a time such as",
                "{\"kind\": \"acknowledge\", \"untilChange\": true}|untilChange: expected none, to acknowledge, found"
                        + " one",
                "{\"kind\": \"acknowledge\", \"state\": \"x\"}|'state': expected one of the fields"
            })
    void refusesActionsThatMakeNoSense(String body, String problem) {
        HttpResponse<String> response =
                api.post("/alerts/" + FilledTopics.alert(0).getAlertId() + "/actions", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(FilledApi.json(response).get("error").asText()).startsWith(problem);
    }

    @Test
    void grantsAnExceptionAndRevokesItOnce() {
        HttpResponse<String> granted = api.post(
                "/exceptions",
                "{\"scope\": \"model-and-ancestor\", \"derivedModelId\": \"internal/helios-7b\", \"baseModelId\":"
                        + " \"hub/quarry-ai/basalt-7b\", \"owner\": \"ana\", \"reason\": \"bought\", \"expiresAt\": \""
                        + LATER + "\"}");
        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(201);
        JsonNode exception = FilledApi.json(granted);
        assertThat(schemas.problems("post", "/exceptions", 201, exception)).isEmpty();
        String id = exception.get("id").asText();
        assertThat(api.json("/exceptions?standing=active&ancestor=hub/quarry-ai/basalt-7b")
                        .at("/items/0/id")
                        .asText())
                .isEqualTo(id);

        HttpResponse<String> revoked = api.post("/exceptions/" + id + "/revocation", "{}");
        assertThat(revoked.statusCode()).isEqualTo(200);
        assertThat(FilledApi.json(revoked).get("standing").asText()).isEqualTo("revoked");
        assertThat(api.post("/exceptions/" + id + "/revocation", "{}").statusCode())
                .isEqualTo(409);
        await().untilAsserted(() -> assertThat(api.json("/audit?subject=" + id).get("items"))
                .extracting(entry -> entry.get("action").asText())
                .containsExactly("exception.revoked", "exception.granted"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"scope\": \"model\", \"owner\": \"a\", \"reason\": \"b\"}|expiresAt: expected a time, found none",
                "{\"scope\": \"all\", \"expiresAt\": \"2026-01-01T00:00:00Z\"}|scope: expected one of version, model",
                "{\"scope\": \"model\", \"derivedModelId\": \"a/b\", \"reason\": \"b\", \"expiresAt\":"
                        + " \"LATER\"}|owner: expected a text, found none",
                "{\"scope\": \"model\", \"owner\": \"a\", \"reason\": \"b\", \"expiresAt\": \"LATER\"}|derivedModelId:"
                        + " expected one, for the scope model",
                "{\"scope\": \"rule\", \"rule\": \"x\", \"derivedModelId\": \"a/b\", \"owner\": \"a\", \"reason\":"
                        + " \"b\", \"expiresAt\": \"LATER\"}|derivedModelId: expected none, for the scope rule",
                "{\"scope\": \"rule\", \"rule\": \"x\", \"owner\": \"a\", \"reason\": \"b\", \"expiresAt\":"
                        + " \"2099-01-01T00:00:00Z\"}|expiresAt: expected a time within the next 366 days"
            })
    void refusesExceptionsWithoutAnOwnerAReasonAnEndAndAScope(String body, String problem) {
        HttpResponse<String> response = api.post("/exceptions", body.replace("LATER", LATER));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(FilledApi.json(response).get("error").asText()).startsWith(problem);
    }

    @Test
    void tellsWhatIsWrongWithAPolicyAndWhere() {
        JsonNode good = FilledApi.json(api.post("/policy/check", "{\"text\": \"rules: {}\"}"));
        assertThat(schemas.problems("post", "/policy/check", 200, good)).isEmpty();
        assertThat(good.get("valid").asBoolean()).isTrue();

        JsonNode broken = FilledApi.json(api.post("/policy/check", "{\"text\": \"rules:\\n  nonsense: 1\"}"));
        assertThat(schemas.problems("post", "/policy/check", 200, broken)).isEmpty();
        assertThat(broken.get("valid").asBoolean()).isFalse();
        assertThat(broken.at("/problems/0/line").asInt()).isEqualTo(2);
    }

    @Test
    void countsWhatAPolicyWouldFind() {
        String text = api.json("/policy").get("text").asText();
        HttpResponse<String> response = api.post("/policy/preview", "{\"text\": " + quoted(text) + "}");

        JsonNode preview = FilledApi.json(response);
        assertThat(schemas.problems("post", "/policy/preview", response.statusCode(), preview))
                .isEmpty();
        if (response.statusCode() == 202) {
            String id = preview.get("id").asText();
            await().until(() ->
                    !api.json("/policy/previews/" + id).get("state").asText().equals("running"));
            preview = api.json("/policy/previews/" + id);
        }
        assertThat(preview.get("state").asText()).as(preview.toString()).isEqualTo("done");
        assertThat(preview.get("total").asInt()).isPositive();
        assertThat(preview.get("done").asInt()).isEqualTo(preview.get("total").asInt());
        assertThat(FilledApi.json(api.post("/policy/preview", "{\"text\": \"rules: [\"}"))
                        .get("problems"))
                .isNotEmpty();
    }

    @Test
    void appliesThePolicyThatWasCounted() throws Exception {
        String version = api.json("/policy").get("version").asText();
        HttpResponse<String> counted = api.post("/policy/applications", "{\"dryRun\": true}");
        assertThat(schemas.problems("post", "/policy/applications", 200, FilledApi.json(counted)))
                .isEmpty();

        assertThat(api.post("/policy/applications", "{\"dryRun\": false, \"policyVersion\": \"sha256:other\"}")
                        .statusCode())
                .isEqualTo(409);
        HttpResponse<String> asked = api.post(
                "/policy/applications",
                "{\"dryRun\": false, \"notify\": true, \"policyVersion\": \"" + version + "\"}");
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(schemas.problems("post", "/policy/applications", 202, FilledApi.json(asked)))
                .isEmpty();
        assertThat(api.written(Topics.POLICY_APPLICATIONS))
                .anySatisfy(application ->
                        assertThat(application.getPolicyVersion()).isEqualTo(version));
    }

    @Test
    void countsWhatAnErasureWouldRemoveAndLeavesItThere() {
        JsonNode counted = FilledApi.json(
                api.post("/erasures", "{\"id\": \"internal/helios-7b\", \"reason\": \"asked\", \"dryRun\": true}"));

        assertThat(schemas.problems("post", "/erasures", 200, counted)).isEmpty();
        assertThat(counted.get("versions").asInt()).isEqualTo(4);
        assertThat(counted.get("fingerprints").asInt()).isEqualTo(4);
        assertThat(counted.get("descendants").asInt()).isEqualTo(1);
        assertThat(counted.get("erasedAt").isNull()).isTrue();
        assertThat(api.get("/model?id=internal/helios-7b@v3").statusCode()).isEqualTo(200);
    }

    @Test
    void erasesOneVersionOnceAndNotesWhoOrderedIt() {
        String request = "{\"id\": \"internal/waiting@v1\", \"reason\": \"asked\"}";

        HttpResponse<String> erased = api.post("/erasures", request);

        assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
        assertThat(schemas.problems("post", "/erasures", 200, FilledApi.json(erased)))
                .isEmpty();
        assertThat(api.get("/model?id=internal/waiting@v1").statusCode()).isEqualTo(404);
        assertThat(api.post("/erasures", request).statusCode()).isEqualTo(404);
        assertThat(api.json("/audit?action=model.erased&subject=internal/waiting@v1")
                        .at("/items/0/author")
                        .asText())
                .isEqualTo("local");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": \"internal/helios-7b\"}|400|reason: expected a text, found none",
                "{\"reason\": \"x\"}|400|id: expected a text, found none",
                "{\"id\": \"internal/helios-7b@v99\", \"reason\": \"x\"}|404|no model and no model version"
            })
    void refusesErasuresOfNothingAndForNothing(String body, int status, String problem) {
        HttpResponse<String> response = api.post("/erasures", body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(FilledApi.json(response).get("error").asText()).startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({"/policy", "/policy/versions", "/policy/applications", "/exceptions", "/me"})
    void answersAsDescribed(String path) {
        HttpResponse<String> response = api.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(schemas.problems("get", path, 200, FilledApi.json(response)))
                .as(response.body())
                .isEmpty();
    }

    @Test
    void tellsWhoListensWhatChanges() throws Exception {
        try (var events = api.listen()) {
            await().untilAsserted(() -> assertThat(events.heard()).contains("event: hello"));

            var alert = FilledTopics.alert(5).setExplanation("changed").build();
            api.write(Topics.LINEAGE_ALERTS, alert.getAlertId(), alert);

            await().untilAsserted(() -> assertThat(events.heard())
                    .anyMatch(line -> line.startsWith("data:") && line.contains("\"alerts\"")));
        }
    }

    @Test
    void answersTheQuestionsOfItsDocument() throws IOException {
        String document = Files.readString(Path.of("../docs/api.md"));
        Pattern curl = Pattern.compile("^curl [^`]*?(?:-d '([^']+)' )?\"\\$API([^\"]+)\"$", Pattern.MULTILINE);
        List<MatchResult> questions = curl.matcher(document).results().toList();

        assertThat(questions).hasSize(5);
        for (MatchResult question : questions) {
            HttpResponse<String> response = question.group(1) == null
                    ? api.get(question.group(2))
                    : api.post(question.group(2), question.group(1));
            assertThat(response.statusCode()).as(question.group()).isIn(200, 202);
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
