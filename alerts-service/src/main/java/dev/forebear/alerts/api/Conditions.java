package dev.forebear.alerts.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What rows must fulfil, all of it. Values are bound: nothing that somebody sent becomes SQL. Not thread-safe.
 *
 * <p>Names of columns and whole conditions are this package's own texts, never a client's.
 */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** A condition without values of its own. */
    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** A condition with one value, which it names {@code :value}; nothing when the value is null. */
    Conditions and(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition.replace(":value", ":" + bind(value)));
        }
        return this;
    }

    Conditions is(String column, @Nullable Object value) {
        return and(column + " = :value", value);
    }

    Conditions is(String column, @Nullable Boolean value) {
        return and(column + " = :value", value == null ? null : value ? 1 : 0);
    }

    /** Whether a column that may be null has a value. */
    Conditions has(String column, @Nullable Boolean value) {
        return value == null ? this : and(column + (value ? " IS NOT NULL" : " IS NULL"));
    }

    /** One of the values, of which an empty one stands for null; nothing when there are none. */
    Conditions in(String column, Collection<String> among) {
        if (among.isEmpty()) {
            return this;
        }
        var list = new StringJoiner(", ", column + " IN (", ")");
        among.stream().filter(value -> !value.isEmpty()).forEach(value -> list.add(":" + bind(value)));
        conditions.add(among.contains("") ? "(" + list + " OR " + column + " IS NULL)" : list.toString());
        return this;
    }

    /** Binds a value, to be named in a condition of one's own. */
    String bind(Object value) {
        String name = "p" + values.size();
        values.put(name, value);
        return name;
    }

    /** The values of a condition that stands elsewhere in the question. */
    Conditions withValuesOf(Conditions other) {
        values.putAll(other.values);
        return this;
    }

    /** {@code WHERE …}, or nothing when everything will do. */
    String where() {
        return conditions.isEmpty() ? "" : "WHERE " + String.join("\n  AND ", conditions);
    }

    Map<String, Object> values() {
        return Map.copyOf(values);
    }
}
