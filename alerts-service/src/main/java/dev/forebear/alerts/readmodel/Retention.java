package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Takes out of the tables what its topic keeps no longer, so that a rebuild makes the same tables. */
final class Retention {

    private final Statements sql;
    private final OwedTable owed;
    private final String deliveries;
    private final String deadLetters;

    Retention(KafkaConfig kafka, Statements sql, OwedTable owed) {
        this.sql = sql;
        this.owed = owed;
        this.deliveries = kafka.topic(Topics.ALERT_DELIVERIES);
        this.deadLetters = kafka.topic(Topics.DEAD_LETTERS);
    }

    /** Names on the broker of the topics whose records go after a time. */
    Set<String> topics() {
        return Set.of(deliveries, deadLetters);
    }

    /** @param beginnings the first offset that is still there, by partition of those topics */
    void apply(Map<TopicPartition, Long> beginnings) {
        beginnings.forEach((partition, first) -> {
            if (partition.topic().equals(deliveries)) {
                dropDeliveries(partition.partition(), first);
            } else {
                sql.run("DELETE FROM dead_letter WHERE partition = ? AND \"offset\" < ?", partition.partition(), first);
            }
        });
        owed.lapse();
    }

    private void dropDeliveries(int partition, long first) {
        List<String> messages = sql.rows(
                row -> row.getString(1),
                "SELECT DISTINCT message_id FROM delivery WHERE partition = ? AND \"offset\" < ?",
                partition,
                first);
        sql.run("DELETE FROM delivery WHERE partition = ? AND \"offset\" < ?", partition, first);
        for (String message : messages) {
            sql.run("""
                DELETE FROM delivery_alert WHERE message_id = ?1
                AND NOT EXISTS (SELECT 1 FROM delivery WHERE message_id = ?1)
                """, message);
        }
    }
}
