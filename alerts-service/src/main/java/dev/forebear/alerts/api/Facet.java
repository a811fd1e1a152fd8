package dev.forebear.alerts.api;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How many rows each value of a filter would leave.
 *
 * @param name of the filter
 * @param column it looks at
 */
record Facet(String name, String column) {

    private static final int MOST_VALUES = 100;

    /** How many have a value; null stands for those that have none. */
    record Count(@Nullable String value, long count) {}

    /** @param conditions what rows must fulfil, but for the filter of the given name */
    List<Count> counts(Handle handle, String table, Function<String, Conditions> conditions) {
        Conditions others = conditions.apply(name);
        return counts(handle, column, table, others);
    }

    /** Rows by the values of a column, the most frequent first. */
    static List<Count> counts(Handle handle, String column, String table, Conditions conditions) {
        // With conditions one index holds all columns; without the plus that of the column alone would be taken.
        // alone.
        String grouped = conditions.where().isEmpty() ? column : "+" + column;
        return handle.createQuery("SELECT " + column + " AS value, count(*) AS found FROM " + table + "\n"
                        + conditions.where() + "\nGROUP BY " + grouped + " ORDER BY found DESC, value LIMIT "
                        + MOST_VALUES)
                .bindMap(conditions.values())
                .map((set, context) -> new Count(set.getString("value"), set.getLong("found")))
                .list();
    }
}
