package dev.forebear.alerts.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last item that was shown of a list, by the values it is sorted by. Clients send it back as they got it.
 *
 * @param list name of the list and of its order; a cursor of one means nothing to another
 * @param values texts and whole numbers
 */
record Cursor(String list, List<Object> values) {

    static final int MAX_LENGTH = 4_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    Cursor {
        values = List.copyOf(values);
    }

    /** Null when the text is no cursor at all. */
    static @Nullable Cursor parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        try {
            JsonNode parts = JSON.readTree(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
            if (parts == null || !parts.isArray() || !parts.path(0).isTextual()) {
                return null;
            }
            List<Object> values = new ArrayList<>();
            for (int i = 1; i < parts.size(); i++) {
                JsonNode part = parts.get(i);
                values.add(part.isIntegralNumber() ? (Object) part.longValue() : part.asText());
            }
            return new Cursor(parts.get(0).textValue(), values);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        List<Object> parts = new ArrayList<>(List.of(list));
        parts.addAll(values);
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(JSON.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts and numbers are always JSON", e);
        }
    }
}
