package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.Severity;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Alerts that are not resolved, by severity. */
record Severities(long critical, long high, long medium, long low) {

    /** All words, the least severe first: the place of a word is its rank in the tables. */
    static final List<String> WORDS =
            Arrays.stream(Severity.values()).map(Json::word).toList();

    /** Columns for {@link #of}, over rows of alerts. */
    static final String COLUMNS = """
        coalesce(sum(state <> 'resolved' AND severity = 'critical'), 0) AS critical,
        coalesce(sum(state <> 'resolved' AND severity = 'high'), 0) AS high,
        coalesce(sum(state <> 'resolved' AND severity = 'medium'), 0) AS medium,
        coalesce(sum(state <> 'resolved' AND severity = 'low'), 0) AS low\
        """;

    static String word(int rank) {
        return WORDS.get(rank);
    }

    static Severities of(Row row) throws SQLException {
        return new Severities(row.number("critical"), row.number("high"), row.number("medium"), row.number("low"));
    }
}
