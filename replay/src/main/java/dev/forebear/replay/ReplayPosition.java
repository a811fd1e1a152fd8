package dev.forebear.replay;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a replay has come.
 *
 * @param next by partition of {@code model-uploads} the first offset that is not done
 * @param done uploads that have their report
 */
record ReplayPosition(Map<Integer, Long> next, long done) {

    ReplayPosition {
        next = Map.copyOf(next);
    }

    /** From what the replay's group committed, which says beside each offset how many uploads were done by then. */
    static ReplayPosition of(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<Integer, Long> next = new HashMap<>();
        long done = 0;
        for (var entry : committed.entrySet()) {
            if (entry.getValue() != null) {
                next.put(entry.getKey().partition(), entry.getValue().offset());
                done = Math.max(done, number(entry.getValue().metadata()));
            }
        }
        return new ReplayPosition(next, done);
    }

    private static long number(String metadata) {
        return metadata.matches("\\d{1,18}") ? Long.parseLong(metadata) : 0;
    }

    /** Those that are not done, in their order. */
    List<PastUpload> rest(Collection<PastUpload> uploads) {
        return uploads.stream()
                .filter(upload -> upload.offset() >= Objects.requireNonNullElse(next.get(upload.partition()), 0L))
                .toList();
    }

    /** What the group commits after these were done. */
    static Map<TopicPartition, OffsetAndMetadata> after(String topic, List<PastUpload> batch, long done) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        batch.forEach(upload -> offsets.put(
                new TopicPartition(topic, upload.partition()),
                new OffsetAndMetadata(upload.offset() + 1, Long.toString(done))));
        return offsets;
    }
}
