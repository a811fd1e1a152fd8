package dev.forebear.alerts.readmodel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far each partition was applied, in the table {@code topic_position}. */
final class Positions {

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
     * Whether the tables were made from these topics: from none that was deleted and made anew meanwhile, or lost its
     * end.
     *
     * @param ends the next offset to be written, by partition
     */
    boolean areOf(Map<TopicPartition, Long> ends) {
        return rows().stream()
                .allMatch(
                        row -> row.topicId().equals(topicIds.get(row.partition().topic()))
                                && row.next() <= ends.getOrDefault(row.partition(), -1L));
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
                "SELECT topic, partition, topic_id, next_offset FROM topic_position");
    }
}
