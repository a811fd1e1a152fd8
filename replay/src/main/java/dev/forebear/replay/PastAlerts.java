package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** The alerts that were raised before the positions, whatever became of them. */
final class PastAlerts {

    private final Map<String, PastAlert> alerts = new HashMap<>();

    private PastAlerts() {}

    static PastAlerts read(TopicReading reading, ReplayedInstance instance, Collection<TopicPosition> positions)
            throws IOException {
        var past = new PastAlerts();
        Deserializer<LineageAlert> alerts = instance.deserializer(Topics.LINEAGE_ALERTS);
        reading.read(Topics.LINEAGE_ALERTS, positions, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                past.add(record, alerts);
            }
        });
        return past;
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Deserializer<LineageAlert> deserializer) {
        try {
            LineageAlert alert = deserializer.deserialize(record.topic(), record.value());
            if (alert != null) {
                alerts.put(alert.getAlertId(), new PastAlert(record.partition(), record.offset(), alert.getOpenedAt()));
            }
        } catch (SerializationException undecodable) {
            // Who consumes it put it aside.
            return;
        }
    }

    /** Null when there was none. */
    @Nullable
    PastAlert get(String alertId) {
        return alerts.get(alertId);
    }
}
