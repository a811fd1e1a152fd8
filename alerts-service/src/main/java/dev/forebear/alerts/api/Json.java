package dev.forebear.alerts.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the API writes things: times are ISO-8601 in UTC, words of closed choices lower case with hyphens, missing things
 * null, and numbers that JSON cannot write null, too.
 */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** For SQLite's {@code json_each}: any number of values in one parameter. */
    static String array(Collection<String> values) {
        return text(values);
    }

    /** The same of several values each. */
    static String arrays(Collection<? extends List<?>> values) {
        return text(values);
    }

    /** An answer in UTF-8. */
    static byte[] bytes(Object view) {
        try {
            return MAPPER.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    private static String text(Object values) {
        try {
            return MAPPER.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts are always JSON", e);
        }
    }
}
