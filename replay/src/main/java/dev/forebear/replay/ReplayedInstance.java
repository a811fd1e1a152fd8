package dev.forebear.replay;

import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.Topic;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The instance whose past is asked for. */
record ReplayedInstance(KafkaConfig kafka, SchemaRegistryClient schemas) {

    private static final int FETCHED_BYTES = 8 << 20;
    private static final int POLLED_RECORDS = 2_000;

    String topic(Topic<?> topic) {
        return topic.name(kafka.topicPrefix());
    }

    <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
        return new AvroSerde<>(topic.type(), schemas).deserializer();
    }

    /** A serializer that fits {@link #deserializer}. */
    <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
        return new AvroSerde<>(topic.type(), schemas).serializer();
    }

    /** Consumer group and transactional id of a replay; two instances may share a cluster. */
    String group(String replayId) {
        return kafka.topicPrefix() + "forebear-replay-" + replayId;
    }

    /** A consumer that sees what is committed. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "forebear-replay");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_BYTES);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
