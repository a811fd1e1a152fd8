package dev.forebear.alerts.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a request brings. What is not as expected is answered 400 with the field, expected and found.
 */
record Body(JsonNode object) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** @param fields all that it may have: a misspelt one that is ignored would do what nobody asked for */
    static Body of(Context context, Set<String> fields) {
        JsonNode node;
        try {
            node = JSON.readTree(context.body());
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("body: expected a JSON object, found what is no JSON");
        }
        if (!(node instanceof ObjectNode)) {
            throw new BadRequestResponse("body: expected a JSON object, found something else");
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw Parameters.wrong(
                        Parameters.quoted(field),
                        "one of the fields " + String.join(", ", fields),
                        "one that there is not");
            }
        });
        return new Body(node);
    }

    /** The text, stripped; null when there is none, or nothing in it. */
    @Nullable
    String text(String name, int longest) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isTextual()) {
            throw Parameters.wrong(name, "a text", "something else");
        }
        String text = node.textValue().strip();
        if (text.length() > longest) {
            throw Parameters.wrong(name, "at most " + longest + " characters", String.valueOf(text.length()));
        }
        return text.isEmpty() ? null : text;
    }

    String required(String name, int longest) {
        String text = text(name, longest);
        if (text == null) {
            throw Parameters.wrong(name, "a text", "none");
        }
        return text;
    }

    /** The text as it is: space in it means something. */
    String verbatim(String name, int longest) {
        JsonNode node = object.path(name);
        if (!node.isTextual()) {
            throw Parameters.wrong(name, "a text", node.isMissingNode() ? "none" : "something else");
        }
        if (node.textValue().length() > longest) {
            throw Parameters.wrong(
                    name,
                    "at most " + longest + " characters",
                    String.valueOf(node.textValue().length()));
        }
        return node.textValue();
    }

    String choice(String name, Collection<String> allowed) {
        String text = object.path(name).asText("");
        if (!allowed.contains(text)) {
            throw Parameters.wrong(
                    name, "one of " + String.join(", ", allowed), text.isEmpty() ? "none" : Parameters.quoted(text));
        }
        return text;
    }

    /** False when there is none. */
    boolean flag(String name) {
        JsonNode node = object.path(name);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw Parameters.wrong(name, "true or false", "something else");
        }
        return node.booleanValue();
    }

    @Nullable
    Instant time(String name) {
        JsonNode node = object.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(node.asText()).toInstant();
        } catch (DateTimeParseException e) {
            throw Parameters.wrong(name, "a time such as 2026-11-20T08:00:00Z", Parameters.quoted(node.asText()));
        }
    }

    /** Between one and that many different texts. */
    List<String> texts(String name, int most) {
        JsonNode node = object.path(name);
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.isTextual() ? each.textValue() : ""));
        if (!node.isArray() || texts.isEmpty() || texts.size() > most || texts.contains("")) {
            throw Parameters.wrong(name, "between 1 and " + most + " texts", node.size() + " of whatever kind");
        }
        return texts.stream().distinct().toList();
    }
}
