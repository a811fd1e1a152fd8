package dev.forebear.alerts.readmodel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;

/** Many values as one argument of a statement, where {@code json_each} takes them apart again. */
final class JsonArray {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonArray() {}

    static String of(Collection<?> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("values that are no JSON", e);
        }
    }
}
