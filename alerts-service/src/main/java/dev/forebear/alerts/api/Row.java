package dev.forebear.alerts.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of an answer, read the way the API writes things. */
record Row(ResultSet set) {

    String text(String column) throws SQLException {
        return Objects.requireNonNull(set.getString(column), column);
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return set.getString(column);
    }

    long number(String column) throws SQLException {
        return set.getLong(column);
    }

    int small(String column) throws SQLException {
        return set.getInt(column);
    }

    @Nullable
    Long numberOrNull(String column) throws SQLException {
        long value = set.getLong(column);
        return set.wasNull() ? null : value;
    }

    /** Not a number where there is none. */
    double decimal(String column) throws SQLException {
        double value = set.getDouble(column);
        return set.wasNull() ? Double.NaN : value;
    }

    /** Null for what JSON cannot write, too. */
    @Nullable
    Double decimalOrNull(String column) throws SQLException {
        double value = set.getDouble(column);
        return set.wasNull() ? null : Json.number(value);
    }

    boolean flag(String column) throws SQLException {
        return set.getInt(column) != 0;
    }

    String time(String column) throws SQLException {
        return Instant.ofEpochMilli(set.getLong(column)).toString();
    }

    @Nullable
    String timeOrNull(String column) throws SQLException {
        long value = set.getLong(column);
        return set.wasNull() ? null : Instant.ofEpochMilli(value).toString();
    }
}
