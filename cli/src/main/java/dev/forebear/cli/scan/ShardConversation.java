package dev.forebear.cli.scan;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Questions to the shards and their answers. One thread at a time. */
final class ShardConversation implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConfig kafka;
    private final KafkaProducer<String, LineageQuery> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<LineageCandidates> candidates;

    ShardConversation(KafkaConfig kafka, SchemaRegistryClient registry) {
        this.kafka = kafka;
        this.candidates = new AvroSerde<>(LineageCandidates.class, registry).deserializer();
        this.consumer = new KafkaConsumer<>(reading(kafka), new StringDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(
                kafka.clientProperties(),
                new StringSerializer(),
                new AvroSerde<>(LineageQuery.class, registry).serializer());
    }

    private static Map<String, Object> reading(KafkaConfig kafka) {
        var properties = new HashMap<>(kafka.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return properties;
    }

    /**
     * Sends a copy of the query to every shard and waits for all answers.
     *
     * @param whenAnswered told of every shard that answers
     * @return one answer of each shard
     * @throws IOException when not all shards have answered in time
     */
    List<LineageCandidates> ask(LineageQuery query, Duration timeout, Runnable whenAnswered) throws IOException {
        listen();
        for (int shard = 0; shard < query.getShards(); shard++) {
            producer.send(new ProducerRecord<>(kafka.topic(Topics.LINEAGE_QUERIES), shard, query.getQueryId(), query));
        }
        producer.flush();
        return answers(query, System.nanoTime() + timeout.toNanos(), timeout, whenAnswered);
    }

    // Where to begin must be known before anything is asked, or an answer could come before it.
    private void listen() {
        String topic = kafka.topic(Topics.LINEAGE_CANDIDATES);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    private List<LineageCandidates> answers(LineageQuery query, long deadline, Duration timeout, Runnable whenAnswered)
            throws IOException {
        Map<Integer, LineageCandidates> byShard = new TreeMap<>();
        while (byShard.size() < query.getShards()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("%s: expected answers of %d shards within %d s, found %d; is the matcher running?"
                        .formatted(
                                kafka.topic(Topics.LINEAGE_CANDIDATES),
                                query.getShards(),
                                timeout.toSeconds(),
                                byShard.size()));
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (query.getQueryId().equals(record.key())) {
                    LineageCandidates answer = candidates.deserialize(record.topic(), record.value());
                    if (byShard.put(answer.getShard(), answer) == null) {
                        whenAnswered.run();
                    }
                }
            }
        }
        return List.copyOf(byShard.values());
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
    }
}
