package dev.forebear.alerts;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.Topic;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** How far the read model has come in the topics. Thread-safe. */
final class TopicEnds {

    private final KafkaConfig kafka;
    private final Jdbi queries;

    TopicEnds(KafkaConfig kafka, Jdbi queries) {
        this.kafka = kafka;
        this.queries = queries;
    }

    /** The next offset to apply of each partition of which anything was applied. */
    Map<Integer, Long> of(Topic<?> topic) {
        Map<Integer, Long> ends = new TreeMap<>();
        queries.useHandle(
                handle -> handle.createQuery("SELECT partition, next_offset FROM topic_position WHERE topic = ?")
                        .bind(0, kafka.topic(topic))
                        .map((row, context) -> ends.put(row.getInt(1), row.getLong(2)))
                        .list());
        return ends;
    }
}
