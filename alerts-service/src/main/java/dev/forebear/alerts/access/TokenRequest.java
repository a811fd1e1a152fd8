package dev.forebear.alerts.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.Role;
import io.javalin.http.BadRequestResponse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A token that an admin asks for. */
record TokenRequest(String name, Role role, @Nullable Instant expiresAt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("name", "role", "expiresAt");

    /** @throws BadRequestResponse when the text is no such request */
    static TokenRequest parse(String text) {
        JsonNode body = json(text);
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new BadRequestResponse(field + ": expected one of name, role, expiresAt");
            }
        });
        return new TokenRequest(text(body, "name"), role(text(body, "role")), expiresAt(body));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("expected a JSON object, found something else");
        }
        throw new BadRequestResponse("expected a JSON object, found something else");
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw new BadRequestResponse(
                    field + ": expected a text, found " + (value.isMissingNode() ? "none" : value));
        }
        return value.asText();
    }

    private static Role role(String word) {
        try {
            return Words.parse(Role.class, word);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("role: expected viewer, responder or admin, found '" + word + "'");
        }
    }

    private static @Nullable Instant expiresAt(JsonNode body) {
        if (!body.hasNonNull("expiresAt")) {
            return null;
        }
        String text = text(body, "expiresAt");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new BadRequestResponse(
                    "expiresAt: expected a time such as 2027-05-20T00:00:00Z, found '" + text + "'");
        }
    }
}
