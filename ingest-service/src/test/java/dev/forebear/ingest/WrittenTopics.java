package dev.forebear.ingest;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.SchemaRegistryConfig;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.RegistryStatus;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What was written since a moment, read by a plain consumer up to the end the broker reports. One partition each. */
record WrittenTopics(KafkaConfig kafka, URI schemaRegistry, Map<TopicPartition, Long> beginnings) {

    /** From now on. */
    static WrittenTopics since(KafkaConfig kafka, URI schemaRegistry) {
        var partitions = List.of(
                partition(kafka, Topics.MODEL_UPLOADS),
                partition(kafka, Topics.DEAD_LETTERS),
                partition(kafka, Topics.REGISTRY_STATUS));
        try (var consumer =
                new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            return new WrittenTopics(kafka, schemaRegistry, new HashMap<>(consumer.endOffsets(partitions)));
        }
    }

    List<ConsumerRecord<String, ModelUploaded>> uploads() {
        return read(Topics.MODEL_UPLOADS, ModelUploaded.class);
    }

    List<ConsumerRecord<String, DeadLetter>> deadLetters() {
        return read(Topics.DEAD_LETTERS, DeadLetter.class);
    }

    List<ConsumerRecord<String, RegistryStatus>> statuses() {
        return read(Topics.REGISTRY_STATUS, RegistryStatus.class);
    }

    private <V extends SpecificRecord> List<ConsumerRecord<String, V>> read(Topic<V> topic, Class<V> type) {
        var partition = partition(kafka, topic);
        long beginning = beginnings.get(partition);
        List<ConsumerRecord<String, V>> records = new ArrayList<>();
        try (var registry = new SchemaRegistryClient(SchemaRegistryConfig.of(schemaRegistry))) {
            Deserializer<V> values = new AvroSerde<>(type, registry).deserializer();
            try (var consumer = new KafkaConsumer<>(kafka.clientProperties(), new StringDeserializer(), values)) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, beginning);
                long written = consumer.endOffsets(List.of(partition)).get(partition) - beginning;
                while (records.size() < written) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
        }
        return records;
    }

    private static TopicPartition partition(KafkaConfig kafka, Topic<?> topic) {
        return new TopicPartition(topic.name(kafka.topicPrefix()), 0);
    }
}
