package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A proven edge of the lineage graph.
 *
 * @param direct whether the report names it as a parent, or names no parents at all
 */
record Step(
        String derived,
        String base,
        String verdict,
        boolean direct,
        boolean parent,
        boolean declared,
        @Nullable String kind,
        @Nullable String detail,
        @Nullable Double mergeWeight,
        double log10EValue) {

    /** An edge as the API answers it. */
    record View(
            String derived,
            String base,
            String verdict,
            boolean parent,
            boolean declared,
            @Nullable String kind,
            @Nullable String detail,
            @Nullable Double mergeWeight,
            @Nullable Double log10EValue,
            String chance) {}

    static Step of(Row row) throws SQLException {
        return new Step(
                row.text("derived_id"),
                row.text("base_id"),
                row.text("verdict"),
                row.flag("direct"),
                row.flag("parent"),
                row.flag("declared"),
                row.textOrNull("relation"),
                row.textOrNull("relation_detail"),
                row.decimalOrNull("merge_weight"),
                row.decimal("log10_e_value"));
    }

    View view() {
        return new View(
                derived,
                base,
                verdict,
                parent,
                declared,
                kind,
                detail,
                mergeWeight,
                Json.number(log10EValue),
                Chance.words(log10EValue));
    }
}
