package dev.forebear.platform.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One request to the registry and its answer: what the parameters and the body say, checked. */
record RegistryCall(Context context) {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/(vnd\\.schemaregistry(\\.v1)?\\+)?json( *;.*)?");

    private static final Set<String> LOCAL_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /**
     * A page that somebody opens in a browser on this machine reaches loopback too. It can neither send JSON nor, with
     * a name of its own that points here, hide that name.
     */
    void refusePagesOfOtherSites() {
        String host = String.valueOf(context.host()).replaceFirst(":\\d+$", "");
        if (!LOCAL_HOSTS.contains(host)) {
            throw RegistryError.foreignHost(host);
        }
        String type = context.contentType();
        if (context.bodyAsBytes().length > 0
                && (type == null || !JSON_TYPE.matcher(type).matches())) {
            throw RegistryError.notJson(type);
        }
    }

    int id() {
        String id = context.pathParam("id");
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw RegistryError.malformed("The specified id '" + id + "' is not a number");
        }
    }

    String subject() {
        String subject = context.pathParam("subject");
        if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
            throw RegistryError.invalidSubject(subject.strip());
        }
        return subject;
    }

    VersionName version() {
        return VersionName.parse(context.pathParam("version"));
    }

    /** Beginning of the subjects that are asked for; empty for all. */
    String prefix() {
        String prefix = context.queryParam("subjectPrefix");
        return prefix == null ? "" : prefix;
    }

    boolean deleted() {
        return flag("deleted");
    }

    boolean permanent() {
        return flag("permanent");
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(context.queryParam(name));
    }

    /** Text of the schema in the body; Avro without references. */
    String schema() {
        JsonNode body = body();
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") && !type.equals("null")) {
            throw RegistryError.invalidSchema("expected type AVRO, found " + type, null);
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("expected a schema without references, found some", null);
        }
        return text("schema");
    }

    /** A field of the body. */
    String text(String field) {
        JsonNode text = body().path(field);
        if (!text.isTextual()) {
            throw RegistryError.malformed("expected a body with the text '" + field + "', found none");
        }
        return text.asText();
    }

    private JsonNode body() {
        try {
            return JSON.readTree(context.bodyAsBytes());
        } catch (IOException e) {
            throw RegistryError.malformed("expected a JSON body, found something else");
        }
    }

    void answer(Object body) {
        answerJson(JSON.valueToTree(body).toString());
    }

    void answerJson(String json) {
        // As bytes: text would be sent in Latin-1, because the type names no charset.
        context.contentType(CONTENT_TYPE).result(json.getBytes(StandardCharsets.UTF_8));
    }

    void refuse(int status, int code, String message) {
        context.status(status);
        answer(Map.of("error_code", code, "message", message));
    }
}
