package dev.forebear.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths, codes and bodies of the REST API, as any client sees them. Every test has its own subjects. */
class RegistryApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String STRING = "\"string\"";

    private static EmbeddedSchemaRegistry registry;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        registry = EmbeddedSchemaRegistry.startInMemory(0);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        registry.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /subjects/nobody/versions                      |                             | 404 | 40401",
                "GET    | /subjects/known/versions/9                     |                             | 404 | 40402",
                "GET    | /schemas/ids/987654                            |                             | 404 | 40403",
                "GET    | /schemas/ids/987654/versions                   |                             | 404 | 40403",
                "POST   | /subjects/known                                | {\"schema\":\"\\\"int\\\"\"} | 404 | 40403",
                "DELETE | /subjects/known?permanent=true                 |                             | 404 | 40405",
                "DELETE | /subjects/known/versions/1?permanent=true      |                             | 404 | 40407",
                "GET    | /config/known                                  |                             | 404 | 40408",
                "POST   | /subjects/known/versions                       | {\"schema\":\"\\\"int\\\"\"} | 409 | 409",
                "POST   | /subjects/known/versions                       | {\"schema\":\"nonsense\"}    | 422 | 42201",
                "POST   | /subjects/known/versions                       | {\"schema\":\"\"}            | 422 | 42201",
                "POST   | /subjects/known/versions                       | {\"schema\":7}               | 422 | 422",
                "POST   | /subjects/known/versions                       | not JSON                     | 422 | 422",
                "POST   | /subjects/known/versions                       | []                           | 422 | 422",
                "POST   | /compatibility/subjects/known/versions/9       | {\"schema\":\"\\\"int\\\"\"} | 404 | 40402",
                "POST   | /compatibility/subjects/nobody/versions/1      | {\"schema\":\"\\\"int\\\"\"} | 404 | 40401",
                "GET    | /subjects/known/versions/0                     |                             | 422 | 42202",
                "GET    | /subjects/known/versions/newest                |                             | 422 | 42202",
                "PUT    | /config/known                                  | {\"compatibility\":\"MOST\"} | 422 | 42203",
                "PUT    | /mode                                          | {\"mode\":\"IMPORT\"}        | 422 | 42204",
                "GET    | /subjects/%0A/versions                         |                             | 422 | 42208",
                "GET    | /schemas/ids/one                               |                             | 422 | 422",
                "GET    | /nowhere                                       |                             | 404 | 404",
            })
    void answersWithTheCodesOfTheSpecification(String method, String path, String body, int status, int code)
            throws Exception {
        register("known", STRING);

        HttpResponse<String> response = send(method, path, body);

        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = JSON.readTree(response.body());
        assertThat(error.path("error_code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank().doesNotContain("Exception", "\n");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
    }

    @Test
    void refusesReferencesAndOtherLanguagesThanAvro() throws Exception {
        assertThat(send("POST", "/subjects/other/versions", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}")
                        .body())
                .contains("42201", "expected type AVRO, found PROTOBUF");
        assertThat(send("POST", "/subjects/other/versions", """
            {"schema":"\\"string\\"","references":[{"name":"a","subject":"b","version":1}]}\
            """).body())
                .contains("42201", "expected a schema without references");
        assertThat(get("/subjects/other/versions").path("error_code").asInt()).isEqualTo(40401);
    }

    @Test
    void refusesARequestThatIsTooLarge() throws Exception {
        HttpResponse<String> response = send("POST", "/subjects/large/versions", "x".repeat(3 << 20));

        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void refusesWhatAPageInABrowserCouldSend() throws Exception {
        String register = "POST /subjects/page/versions HTTP/1.1\r\nConnection: close\r\nContent-Length: 23\r\n";
        String body = "\r\n{\"schema\":\"\\\"string\\\"\"}";

        assertThat(sendRaw(register + "Host: 127.0.0.1\r\nContent-Type: text/plain\r\n" + body))
                .startsWith("HTTP/1.1 415 ")
                .contains("found text/plain");
        assertThat(sendRaw(register + "Host: evil.example:80\r\nContent-Type: application/json\r\n" + body))
                .startsWith("HTTP/1.1 403 ")
                .contains("found one to 'evil.example'");
        assertThat(sendRaw(register + "Host: localhost:1\r\nContent-Type: application/json; charset=utf-8\r\n" + body))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void answersQuestionsAboutASchema() throws Exception {
        int id = register("asked", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}");

        assertThat(get("/schemas/types")).hasToString("[\"AVRO\"]");
        assertThat(get("/contexts")).hasToString("[\".\"]");
        assertThat(get("/schemas/ids/" + id + "/schema").path("type").asText()).isEqualTo("enum");
        assertThat(get("/schemas/ids/" + id + "/subjects")).hasToString("[\"asked\"]");
        assertThat(get("/schemas/ids/" + id + "/versions")).hasToString("[{\"subject\":\"asked\",\"version\":1}]");
        assertThat(get("/subjects/asked/versions/latest/schema").path("name").asText())
                .isEqualTo("E");
        assertThat(get("/subjects/asked/versions/-1").path("id").asInt()).isEqualTo(id);
        assertThat(get("/subjects/asked/versions/1/referencedby")).hasToString("[]");
        assertThat(get("/mode/asked")).hasToString("{\"mode\":\"READWRITE\"}");
    }

    @Test
    void keepsSubjectsWithSlashesApart() throws Exception {
        register("team%2Fmodels%20v1", STRING);

        assertThat(get("/subjects?subjectPrefix=team")).hasToString("[\"team/models v1\"]");
        assertThat(get("/subjects/team%2Fmodels%20v1/versions")).hasToString("[1]");
    }

    @Test
    void fallsBackToTheGlobalLevel() throws Exception {
        assertThat(get("/config").path("compatibilityLevel").asText()).isEqualTo("BACKWARD");
        assertThat(get("/config/own?defaultToGlobal=true")).hasToString("{\"compatibilityLevel\":\"BACKWARD\"}");

        assertThat(send("PUT", "/config/own", "{\"compatibility\":\"none\"}").body())
                .isEqualTo("{\"compatibility\":\"NONE\"}");

        assertThat(get("/config/own")).hasToString("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(send("DELETE", "/config/own", null).body()).isEqualTo("{\"compatibilityLevel\":\"NONE\"}");
        assertThat(get("/config/own").path("error_code").asInt()).isEqualTo(40408);
    }

    @Test
    void tellsAFirstSchemaThatItIsCompatible() throws Exception {
        assertThat(send("POST", "/compatibility/subjects/new/versions/latest", body(STRING))
                        .body())
                .isEqualTo("{\"is_compatible\":true}");
        assertThat(send("POST", "/compatibility/subjects/new/versions?verbose=true", body(STRING))
                        .body())
                .isEqualTo("{\"is_compatible\":true,\"messages\":[]}");
    }

    @Test
    void givesADeletedVersionANewNumberAndItsOldId() throws Exception {
        int id = register("again", STRING);
        assertThat(send("DELETE", "/subjects/again", null).body()).isEqualTo("[1]");
        assertThat(send("DELETE", "/subjects/again", null).body()).contains("40404");
        assertThat(send("DELETE", "/subjects/again/versions/1", null).body()).contains("40406");

        assertThat(register("again", STRING)).isEqualTo(id);

        assertThat(get("/subjects/again/versions")).hasToString("[2]");
        assertThat(get("/subjects/again/versions?deleted=true")).hasToString("[1,2]");
    }

    private static int register(String subject, String schema) throws Exception {
        HttpResponse<String> response = send("POST", "/subjects/" + subject + "/versions", body(schema));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body()).get("id").asInt();
    }

    private static String body(String schema) throws IOException {
        return JSON.writeValueAsString(Map.of("schema", schema));
    }

    private static JsonNode get(String path) throws Exception {
        return JSON.readTree(send("GET", path, null).body());
    }

    private static String sendRaw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", registry.url().getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
