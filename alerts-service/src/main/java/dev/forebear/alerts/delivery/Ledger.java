package dev.forebear.alerts.delivery;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.MessagePurpose;
import dev.forebear.schemas.wire.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What the read model knows of what a channel is owed and was told. Thread-safe. */
final class Ledger {

    /** More than this is owed only to a channel that nobody looks after; the rest comes after it. */
    private static final int MOST_OWED = 50_000;

    private static final String PENDING_COLUMNS =
            "a.id, a.state, a.severity, a.rule, a.base_model_id, a.registry, a.updated_at";

    /** An alert that the channel has heard of, in another state than the end. */
    private static final String TOLD = """
        EXISTS (
            SELECT 1 FROM delivery_alert t JOIN delivery d ON d.message_id = t.message_id AND d.channel = t.channel
            WHERE t.alert_id = a.id AND t.channel = :channel AND t.state <> 'resolved' AND d.outcome = 'delivered')
        """;

    private final Jdbi queries;

    Ledger(Jdbi queries) {
        this.queries = queries;
    }

    /** A message that was tried and must be tried again. */
    record Unfinished(String messageId, MessagePurpose purpose, int attempt, Instant firstAt, Instant nextAt) {}

    /**
     * An alert that stands otherwise than the channel was told.
     *
     * @param reference what the channel calls the message that told of it
     */
    record Changed(String reference, Pending alert) {}

    /**
     * What the channel is owed: what is open, and the end of what it was told of. What people have already answered,
     * and what was over before it was told, is news to nobody.
     *
     * @param since what became owed before is too old for anybody
     */
    List<Pending> owed(String channel, Instant since) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT %s, o.revision AS revision, o.since AS since
            FROM owed o JOIN alert a ON a.id = o.alert_id
            WHERE o.channel = :channel AND o.since > :since
                AND (a.state = 'open' OR a.state = 'resolved' AND %s)
            ORDER BY o.since LIMIT %d
            """.formatted(PENDING_COLUMNS, TOLD, MOST_OWED))
                .bind("channel", channel)
                .bind("since", since.toEpochMilli())
                .map((row, context) -> pending(row, "since"))
                .list());
    }

    /** What an unfinished message tells of, as it stands now; without what is over and was never told. */
    List<Pending> contents(String channel, String messageId) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT %s, m.revision AS revision
            FROM delivery_alert m JOIN alert a ON a.id = m.alert_id
            WHERE m.message_id = :message AND (a.state <> 'resolved' OR %s)
            """.formatted(PENDING_COLUMNS, TOLD))
                .bind("channel", channel)
                .bind("message", messageId)
                .map((row, context) -> pending(row, "updated_at"))
                .list());
    }

    /** Alerts told under a name by which the message can be changed, that stand otherwise than was told last. */
    List<Changed> changed(String channel) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT %s, a.revision AS revision, d.reference AS reference, t.state AS told_state, max(d.at) AS told_at
            FROM delivery_alert t
            JOIN delivery d ON d.message_id = t.message_id AND d.channel = t.channel
            JOIN alert a ON a.id = t.alert_id
            WHERE t.channel = :channel AND t.settled = 1 AND d.outcome <> 'retrying' AND d.reference IS NOT NULL
            GROUP BY t.alert_id
            HAVING told_state <> a.state
                AND (a.state <> 'open'
                    OR NOT EXISTS (SELECT 1 FROM owed o WHERE o.channel = :channel AND o.alert_id = a.id))
            """.formatted(PENDING_COLUMNS))
                .bind("channel", channel)
                .map((row, context) -> new Changed(row.getString("reference"), pending(row, "updated_at")))
                .list());
    }

    /**
     * Under what name the channel was told of a group last; empty when it never was, or gave no name.
     *
     * @param isOver whether what is to be told now is the end; what follows after the end of all begins anew
     */
    Optional<String> conversation(String channel, GroupKey group, boolean isOver) {
        return queries.withHandle(handle -> group(handle.createQuery("""
            SELECT d.reference AS reference, max(d.at) AS at
            FROM alert a JOIN delivery_alert t ON t.alert_id = a.id AND t.channel = :channel
            JOIN delivery d ON d.message_id = t.message_id AND d.channel = t.channel
            WHERE a.rule = :rule AND a.base_model_id IS :ancestor AND (:over OR a.state <> 'resolved')
                AND d.outcome = 'delivered' AND d.purpose = 'alerts' AND d.reference IS NOT NULL
            """), channel, group)
                .bind("over", isOver)
                .map((row, context) -> Optional.ofNullable(row.getString("reference")))
                .one());
    }

    /** The message that the channel calls so: the first one with that name. */
    Optional<String> firstMessage(String channel, String reference) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT message_id FROM delivery WHERE channel = :channel AND reference = :reference
            ORDER BY at, "offset" LIMIT 1
            """)
                .bind("channel", channel)
                .bind("reference", reference)
                .mapTo(String.class)
                .findFirst());
    }

    /** What the channel calls a message; empty when it was not taken, or got no name. */
    Optional<String> reference(String channel, String messageId) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT reference FROM delivery
            WHERE channel = :channel AND message_id = :message AND outcome = 'delivered' AND reference IS NOT NULL
            LIMIT 1
            """)
                .bind("channel", channel)
                .bind("message", messageId)
                .mapTo(String.class)
                .findFirst());
    }

    /** All alerts that were told under a name, as they stand now. */
    List<Pending> told(String channel, String reference) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT DISTINCT %s, a.revision AS revision
            FROM delivery d JOIN delivery_alert t ON t.message_id = d.message_id AND t.channel = d.channel
            JOIN alert a ON a.id = t.alert_id
            WHERE d.channel = :channel AND d.reference = :reference AND d.outcome = 'delivered'
            """.formatted(PENDING_COLUMNS))
                .bind("channel", channel)
                .bind("reference", reference)
                .map((row, context) -> pending(row, "updated_at"))
                .list());
    }

    /** When a group was last told of. */
    @Nullable
    Instant lastTold(String channel, GroupKey group) {
        return queries.withHandle(handle -> group(handle.createQuery("""
            SELECT max(d.at) AS at
            FROM alert a JOIN delivery_alert t ON t.alert_id = a.id AND t.channel = :channel
            JOIN delivery d ON d.message_id = t.message_id AND d.channel = t.channel
            WHERE a.rule = :rule AND a.base_model_id IS :ancestor AND d.outcome = 'delivered'
            """), channel, group)
                .map((row, context) -> time(row, "at"))
                .one()
                .orElse(null));
    }

    /** When the channel took messages after that time. */
    List<Instant> taken(String channel, Instant after) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT at FROM delivery
            WHERE channel = :channel AND at > :after AND outcome = 'delivered' AND purpose <> 'test'
                AND message_id LIKE 'ms!_%' ESCAPE '!'
            """)
                .bind("channel", channel)
                .bind("after", after.toEpochMilli())
                .map((row, context) -> Instant.ofEpochMilli(row.getLong("at")))
                .list());
    }

    /** When the channel was last sent a digest. */
    @Nullable
    Instant lastDigest(String channel) {
        return queries.withHandle(handle -> handle.createQuery(
                        "SELECT max(at) AS at FROM delivery WHERE channel = :channel AND purpose = 'digest'")
                .bind("channel", channel)
                .map((row, context) -> time(row, "at"))
                .one()
                .orElse(null));
    }

    /** Messages that wait for another attempt. */
    List<Unfinished> unfinished(String channel) {
        return queries.withHandle(handle -> handle.createQuery("""
            SELECT d.message_id, d.purpose, d.attempt, d.at, d.next_attempt_at,
                (SELECT min(f.at) FROM delivery f WHERE f.message_id = d.message_id) AS first_at
            FROM delivery d
            WHERE d.channel = :channel AND d.last = 1 AND d.outcome = 'retrying'
                AND d.message_id LIKE 'ms!_%' ESCAPE '!'
            """)
                .bind("channel", channel)
                .map((row, context) -> new Unfinished(
                        row.getString("message_id"),
                        Words.parse(MessagePurpose.class, row.getString("purpose")),
                        row.getInt("attempt"),
                        Instant.ofEpochMilli(row.getLong("first_at")),
                        time(row, "next_attempt_at").orElse(Instant.EPOCH)))
                .list());
    }

    /** Mail addresses that want nothing of a channel. */
    Set<String> optedOut(String channel) {
        return queries.withHandle(handle -> new HashSet<>(
                handle.createQuery("SELECT address FROM email_preference WHERE channel = :channel AND subscribed = 0")
                        .bind("channel", channel)
                        .mapTo(String.class)
                        .list()));
    }

    private static Query group(Query query, String channel, GroupKey group) {
        return query.bind("channel", channel).bind("rule", group.rule()).bind("ancestor", group.ancestor());
    }

    private static Pending pending(ResultSet row, String since) throws SQLException {
        return new Pending(
                row.getString("id"),
                row.getInt("revision"),
                Words.parse(AlertState.class, row.getString("state")),
                Words.parse(Severity.class, row.getString("severity")),
                new GroupKey(row.getString("rule"), row.getString("base_model_id")),
                row.getString("registry"),
                Instant.ofEpochMilli(row.getLong(since)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
