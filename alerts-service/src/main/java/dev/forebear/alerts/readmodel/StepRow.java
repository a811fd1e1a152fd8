package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.FamilyTree.Proof;
import dev.forebear.alerts.readmodel.FamilyTree.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A match as it was read. Columns are told by their places: families have many thousands.
 *
 * @param step null when it is not direct: it is read if the family hangs on it
 */
record StepRow(String derivedId, String baseId, @Nullable Step step) {

    /** Of a match {@code m}. */
    static final String COLUMNS = """
        m.derived_id, m.base_id, m.direct, m.verdict, m.basis, m.declared, m.relation, m.relation_detail,
            m.merge_weight, m.log10_e_value\
        """;

    static StepRow of(ResultSet row) throws SQLException {
        String derived = row.getString(1);
        String base = row.getString(2);
        return new StepRow(derived, base, row.getBoolean(3) ? step(row, derived, base) : null);
    }

    /** The step of any match. */
    static Step step(ResultSet row) throws SQLException {
        return step(row, row.getString(1), row.getString(2));
    }

    private static Step step(ResultSet row, String derived, String base) throws SQLException {
        return new Step(
                derived,
                base,
                new Proof(
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(3),
                        row.getString(7),
                        row.getString(8),
                        decimal(row, 9),
                        Objects.requireNonNullElse(decimal(row, 10), Double.NaN)),
                row.getBoolean(6),
                null);
    }

    private static @Nullable Double decimal(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}
