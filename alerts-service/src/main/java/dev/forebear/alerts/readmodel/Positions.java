package dev.forebear.alerts.readmodel;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far each partition was applied, and when all were last seen to their end. */
final class Positions {

    /**
     * Compaction takes deletions out of a topic after a day; a file that was left alone for longer may hold what was
     * deleted.
     */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(20);

    private final Statements sql;
    private final Map<String, String> topicIds;

    /** @param topicIds the broker's ids of the topics, by name */
    Positions(Statements sql, Map<String, String> topicIds) {
        this.sql = sql;
        this.topicIds = topicIds;
    }

    private record Stored(TopicPartition partition, String topicId, long next) {}

    /** The next offset of every partition that was read. */
    Map<TopicPartition, Long> stored() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        rows().forEach(row -> positions.put(row.partition(), row.next()));
        return positions;
    }

    /**
     * Why the tables cannot be gone on with: they were made from topics that were deleted and made anew meanwhile, or
     * lost their end, or were left alone for too long; null when they can.
     *
     * @param ends the next offset to be written, by partition
     */
    @Nullable
    String problem(Map<TopicPartition, Long> ends, Instant now) {
        for (Stored row : rows()) {
            if (!row.topicId().equals(topicIds.get(row.partition().topic()))) {
                return "topic " + row.partition().topic() + " is another one";
            }
            long end = ends.getOrDefault(row.partition(), -1L);
            if (row.next() > end) {
                return row.partition() + " ends at " + end + ", was read to " + row.next();
            }
        }
        Instant followed = sql.row(row -> Instant.ofEpochMilli(row.getLong(1)), "SELECT at FROM followed");
        return followed != null && followed.isBefore(now.minus(LONGEST_PAUSE))
                ? "it was left alone since " + followed
                : null;
    }

    /** Everything was applied that the topics held then. */
    void followed(Instant now) {
        sql.run("DELETE FROM followed");
        sql.run("INSERT INTO followed (at) VALUES (?)", now);
    }

    void put(TopicPartition partition, long next) {
        sql.run(
                "INSERT OR REPLACE INTO topic_position (topic, partition, topic_id, next_offset) VALUES (?, ?, ?, ?)",
                partition.topic(),
                partition.partition(),
                topicIds.get(partition.topic()),
                next);
    }

    private List<Stored> rows() {
        return sql.rows(
                row -> new Stored(
                        new TopicPartition(row.getString("topic"), row.getInt("partition")),
                        row.getString("topic_id"),
                        row.getLong("next_offset")),
                "SELECT topic, partition, topic_id, next_offset FROM topic_position ORDER BY topic, partition");
    }
}
