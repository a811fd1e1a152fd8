package dev.forebear.e2e;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads whole topics from outside, committed records only. */
final class TopicReader implements AutoCloseable {

    private final KafkaConfig kafka;
    private final SchemaRegistryClient registry;

    TopicReader(String bootstrapServers, URI schemaRegistry) {
        kafka = KafkaConfig.of(bootstrapServers);
        registry = new SchemaRegistryClient(SchemaRegistryConfig.of(schemaRegistry));
    }

    /** All values that are on the topic now. */
    <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        var properties = kafka.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // What asks for ends, or closes, waits for the fetch before it.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
        var name = kafka.topic(topic);
        try (var serde = new AvroSerde<>(topic.type(), registry);
                var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), serde.deserializer())) {
            var partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var values = new ArrayList<V>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
