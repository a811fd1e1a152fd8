package dev.forebear.ingest.reconcile;

import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose turn it is to list which registry: who has the partition of {@code registry-listings} that its progress is
 * written to. The group reads nothing; it only shares the partitions.
 */
final class ListingTurns implements AutoCloseable {

    static final String GROUP = "ingest-listings";

    private static final Logger LOG = LoggerFactory.getLogger(ListingTurns.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Nobody waits for this consumer: a broker that is away need not be asked more often. */
    private static final long RECONNECT_MILLIS = 1_000;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final int partitions;
    private final Set<Integer> mine = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean open = true;

    ListingTurns(KafkaConfig kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, kafka.topicPrefix() + GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_MILLIS);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        String topic = kafka.topic(Topics.REGISTRY_LISTINGS);
        this.partitions = consumer.partitionsFor(topic).size();
        this.consumer.subscribe(List.of(topic), new Handover());
        this.thread = Thread.ofPlatform().name("listing-turns").start(this::run);
    }

    /** Whether this process lists what is kept under a key. */
    boolean isMine(String key) {
        // As the producer chooses the partition of a record.
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return mine.contains(Utils.toPositive(Utils.murmur2(bytes)) % partitions);
    }

    private void run() {
        try (consumer) {
            while (open) {
                step();
            }
        } catch (InterruptException | InterruptedException e) {
            LOG.debug("turns stopped");
        } finally {
            mine.clear();
        }
    }

    private void step() throws InterruptedException {
        try {
            consumer.poll(POLL);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("turns wait for the broker");
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        open = false;
        mine.clear();
        try {
            if (!thread.join(CLOSE_TIMEOUT)) {
                thread.interrupt();
                thread.join(CLOSE_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Handover implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
            partitions.forEach(partition -> mine.add(partition.partition()));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> mine.remove(partition.partition()));
        }
    }
}
