package dev.forebear.alerts.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the description says of answers, held against answers, and stricter: nothing may be there that it leaves out.
 */
final class AnswerSchemas {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final JsonNode description;

    AnswerSchemas(String openApiJson) throws IOException {
        this.description = new ObjectMapper().readTree(openApiJson);
        description.at("/components/schemas").forEach(AnswerSchemas::close);
    }

    /** Methods and paths. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> operations.add(
                                method.toUpperCase(Locale.ROOT) + " " + ApiRoutes.ROOT + path.getKey())));
        return operations;
    }

    /** What is wrong with an answer. */
    Set<ValidationMessage> problems(String method, String path, int status, JsonNode answer) {
        JsonNode response = description
                .get("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(status));
        String reference = response.path("$ref").asText("");
        JsonNode resolved = reference.isEmpty() ? response : description.at(reference.substring(1));
        JsonNode schema = resolved.at("/content/application~1json/schema");
        if (schema.isMissingNode()) {
            throw new AssertionError(method + " " + path + " describes no answer " + status);
        }
        ObjectNode whole = schema.deepCopy();
        whole.set("components", description.get("components"));
        return SCHEMAS.getSchema(whole).validate(answer);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(AnswerSchemas::close);
    }
}
