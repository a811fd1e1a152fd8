package dev.forebear.replay;

import dev.forebear.schemas.Topic;
import dev.forebear.schemas.wire.TopicPosition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads topics up to fixed positions. Used by one thread at a time. */
final class TopicReading implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final ReplayedInstance instance;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReading(ReplayedInstance instance) {
        this.instance = instance;
        this.consumer = instance.consumer();
    }

    /** Takes records, some at a time and in their order within each partition. */
    interface Taker {
        void take(List<ConsumerRecord<byte[], byte[]>> records) throws IOException;
    }

    /** Where the topics end now, in their order. */
    List<TopicPosition> ends(List<Topic<?>> topics) {
        List<TopicPosition> positions = new ArrayList<>();
        for (Topic<?> topic : topics) {
            consumer.endOffsets(partitions(topic)).entrySet().stream()
                    .map(end -> new TopicPosition(topic.name(), end.getKey().partition(), end.getValue()))
                    .sorted(Comparator.comparingInt(TopicPosition::getPartition))
                    .forEach(positions::add);
        }
        return List.copyOf(positions);
    }

    /**
     * Reads a topic from its beginning up to the positions.
     *
     * @throws IOException when the brokers fall silent
     */
    void read(Topic<?> topic, Collection<TopicPosition> positions, Taker taker) throws IOException {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPosition position : positions) {
            if (position.getTopic().equals(topic.name())) {
                ends.put(new TopicPartition(instance.topic(topic), position.getPartition()), position.getOffset());
            }
        }
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        read(ends, taker);
    }

    /**
     * Reads one partition from a time on up to where it ends now.
     *
     * @throws IOException when the brokers fall silent
     */
    void readSince(Instant since, Topic<?> topic, int partition, Taker taker) throws IOException {
        var place = new TopicPartition(instance.topic(topic), partition);
        Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(place));
        var first =
                consumer.offsetsForTimes(Map.of(place, since.toEpochMilli())).get(place);
        if (first == null) {
            return;
        }
        consumer.assign(List.of(place));
        consumer.seek(place, first.offset());
        read(ends, taker);
    }

    /**
     * Reads a topic from these offsets on up to where it ends now.
     *
     * @param offsets by partition
     * @throws IOException when the brokers fall silent
     */
    void readFrom(Map<Integer, Long> offsets, Topic<?> topic, Taker taker) throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(topic));
        consumer.assign(ends.keySet());
        ends.keySet().forEach(place -> consumer.seek(place, offsets.getOrDefault(place.partition(), 0L)));
        read(ends, taker);
    }

    private void read(Map<TopicPartition, Long> ends, Taker taker) throws IOException {
        long deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
                taker.take(before(ends, records));
            } else if (System.nanoTime() - deadline > 0) {
                throw new IOException("%s: expected its records up to the end, found none for %d s"
                        .formatted(ends.keySet().iterator().next().topic(), LONGEST_SILENCE.toSeconds()));
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> before(
            Map<TopicPartition, Long> ends, ConsumerRecords<byte[], byte[]> records) {
        List<ConsumerRecord<byte[], byte[]>> before = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                before.add(record);
            }
        }
        return before;
    }

    /** Partitions of a topic, in no order. */
    List<TopicPartition> partitions(Topic<?> topic) {
        return consumer.partitionsFor(instance.topic(topic)).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
