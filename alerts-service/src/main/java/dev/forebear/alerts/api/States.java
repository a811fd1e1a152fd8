package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.AlertState;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Alerts by state. */
record States(long open, long acknowledged, long snoozed, long resolved) {

    static final List<String> WORDS =
            Arrays.stream(AlertState.values()).map(Json::word).toList();

    /** Columns for {@link #of}, over rows of alerts. */
    static final String COLUMNS = """
        coalesce(sum(state = 'open'), 0) AS open,
        coalesce(sum(state = 'acknowledged'), 0) AS acknowledged,
        coalesce(sum(state = 'snoozed'), 0) AS snoozed,
        coalesce(sum(state = 'resolved'), 0) AS resolved\
        """;

    static States of(Row row) throws SQLException {
        return new States(
                row.number("open"), row.number("acknowledged"), row.number("snoozed"), row.number("resolved"));
    }
}
