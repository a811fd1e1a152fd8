package dev.forebear.replay;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Replay;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** The replays that were ever asked for, and how far each has come. */
final class ReplayLog {

    private final ReplayedInstance instance;
    private final TopicReading reading;

    ReplayLog(ReplayedInstance instance, TopicReading reading) {
        this.instance = instance;
        this.reading = reading;
    }

    /** By the time of asking. */
    List<Replay> all() throws IOException {
        Map<String, Replay> replays = new HashMap<>();
        Deserializer<Replay> deserializer = instance.deserializer(Topics.REPLAYS);
        reading.read(Topics.REPLAYS, reading.ends(List.of(Topics.REPLAYS)), records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                try {
                    Replay replay = deserializer.deserialize(record.topic(), record.value());
                    if (replay != null) {
                        replays.put(replay.getReplayId(), replay);
                    }
                } catch (SerializationException undecodable) {
                    // One of a newer release; it is not shown.
                    continue;
                }
            }
        });
        return replays.values().stream()
                .sorted(Comparator.comparing(Replay::getRequestedAt).thenComparing(Replay::getReplayId))
                .toList();
    }

    Optional<Replay> find(String replayId) throws IOException {
        return all().stream()
                .filter(replay -> replay.getReplayId().equals(replayId))
                .findFirst();
    }

    /** How far each of the replays has come; one that has not begun, or that was forgotten, is at its beginning. */
    Map<String, ReplayPosition> positions(Collection<String> replayIds) {
        Map<String, ListConsumerGroupOffsetsSpec> groups = new LinkedHashMap<>();
        replayIds.forEach(id -> groups.put(instance.group(id), new ListConsumerGroupOffsetsSpec()));
        Map<String, ReplayPosition> positions = new LinkedHashMap<>();
        try (Admin admin = Admin.create(instance.kafka().clientProperties())) {
            var found =
                    admin.listConsumerGroupOffsets(groups, new ListConsumerGroupOffsetsOptions().requireStable(true));
            for (String id : replayIds) {
                positions.put(id, position(found.partitionsToOffsetAndMetadata(instance.group(id))));
            }
        }
        return positions;
    }

    private static ReplayPosition position(KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> offsets) {
        try {
            return ReplayPosition.of(offsets.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return ReplayPosition.of(Map.of());
            }
            throw e.getCause() instanceof KafkaException failure ? failure : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
