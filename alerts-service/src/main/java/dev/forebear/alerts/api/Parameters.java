package dev.forebear.alerts.api;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query of a request. What is not as expected is answered 400 with the parameter, what was expected and found. */
record Parameters(Context context) {

    static final int MAX_LIMIT = 200;

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_VALUES = 50;
    private static final int MAX_SHOWN = 100;
    private static final int MAX_ID = 1_500;

    int limit() {
        return number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /** The id that a thing with slashes in its id is asked for by. */
    String id() {
        String id = text("id", MAX_ID);
        if (id == null) {
            throw wrong("id", "one", "none");
        }
        return id;
    }

    int number(String name, int least, int most, int otherwise) {
        String text = first(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw wrong(name, "a whole number from " + least + " to " + most, quoted(text));
    }

    /** The text, or null when there is none or it is empty. */
    @Nullable
    String text(String name, int longest) {
        String text = first(name);
        if (text != null && text.length() > longest) {
            throw wrong(name, "at most " + longest + " characters", String.valueOf(text.length()));
        }
        return text;
    }

    /** Values between commas; an empty one stands for things that have none. Empty when not asked for. */
    List<String> texts(String name) {
        List<String> values = context.queryParams(name).stream()
                .filter(text -> !text.isEmpty())
                .flatMap(text -> text.equals(",") ? List.of("").stream() : Arrays.stream(text.split(",", -1)))
                .distinct()
                .toList();
        if (values.size() > MAX_VALUES) {
            throw wrong(name, "at most " + MAX_VALUES + " values", String.valueOf(values.size()));
        }
        return values;
    }

    /** Values between commas, each one of those allowed. */
    List<String> choices(String name, Collection<String> allowed) {
        List<String> values = texts(name);
        values.forEach(value -> check(name, allowed, value));
        return values;
    }

    String choice(String name, Collection<String> allowed, String otherwise) {
        String value = first(name);
        if (value == null) {
            return otherwise;
        }
        check(name, allowed, value);
        return value;
    }

    @Nullable
    Boolean flag(String name) {
        String text = first(name);
        if (text == null) {
            return null;
        }
        check(name, List.of("true", "false"), text);
        return text.equals("true");
    }

    @Nullable
    Instant time(String name) {
        String text = first(name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw wrong(name, "a time such as 2026-11-20T08:00:00Z", quoted(text));
        }
    }

    static BadRequestResponse wrong(String name, String expected, String found) {
        return new BadRequestResponse(name + ": expected " + expected + ", found " + found);
    }

    static String quoted(String text) {
        return "'" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text) + "'";
    }

    private static void check(String name, Collection<String> allowed, String value) {
        if (!allowed.contains(value)) {
            throw wrong(name, "one of " + String.join(", ", allowed), quoted(value));
        }
    }

    private @Nullable String first(String name) {
        String text = context.queryParam(name);
        return text == null || text.isEmpty() ? null : text;
    }
}
