package dev.forebear.ingest;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.RegistryStatus;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What was written since a moment, read by a plain consumer up to the end the broker reports. */
public record WrittenTopics(KafkaConfig kafka, URI schemaRegistry, Map<TopicPartition, Long> beginnings) {

    /** From now on. */
    public static WrittenTopics since(KafkaConfig kafka, URI schemaRegistry) {
        try (var consumer =
                new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Topics.all().stream()
                    .flatMap(topic -> consumer.partitionsFor(kafka.topic(topic)).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            return new WrittenTopics(kafka, schemaRegistry, new HashMap<>(consumer.endOffsets(partitions)));
        }
    }

    public List<ConsumerRecord<String, ModelUploaded>> uploads() {
        return read(Topics.MODEL_UPLOADS, ModelUploaded.class);
    }

    public List<ConsumerRecord<String, ModelChanged>> changes() {
        return read(Topics.MODEL_CHANGES, ModelChanged.class);
    }

    public List<ConsumerRecord<String, DeadLetter>> deadLetters() {
        return read(Topics.DEAD_LETTERS, DeadLetter.class);
    }

    public List<ConsumerRecord<String, RegistryStatus>> statuses() {
        return read(Topics.REGISTRY_STATUS, RegistryStatus.class);
    }

    /** The records of any topic. */
    public <V extends SpecificRecord> List<ConsumerRecord<String, V>> read(Topic<V> topic, Class<V> type) {
        List<TopicPartition> partitions = beginnings.keySet().stream()
                .filter(partition -> partition.topic().equals(kafka.topic(topic)))
                .toList();
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        try (var registry = new SchemaRegistryClient(SchemaRegistryConfig.of(schemaRegistry))) {
            Deserializer<V> values = new AvroSerde<>(type, registry).deserializer();
            Map<String, Object> properties = kafka.clientProperties();
            // What asks for ends, or closes, waits for the fetch before it.
            properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5);
            try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values)) {
                consumer.assign(partitions);
                partitions.forEach(partition -> consumer.seek(partition, beginnings.get(partition)));
                long written = consumer.endOffsets(partitions).entrySet().stream()
                        .mapToLong(end -> end.getValue() - beginnings.get(end.getKey()))
                        .sum();
                while (records.size() < written) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }
}
