package dev.forebear.platform.registry;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The log as a compacted topic with one partition. */
final class KafkaSchemaLog implements SchemaLog {

    static final String TOPIC = "_schemas";

    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    private KafkaSchemaLog(String bootstrapServers, KafkaProducer<byte[], byte[]> producer) {
        this.bootstrapServers = bootstrapServers;
        this.producer = producer;
    }

    /** @throws KafkaException when the broker does not answer */
    static KafkaSchemaLog open(String bootstrapServers) {
        createTopic(bootstrapServers);
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                0,
                "buffer.memory",
                4L << 20,
                "request.timeout.ms",
                5_000,
                "delivery.timeout.ms",
                15_000,
                "max.block.ms",
                15_000L);
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new KafkaSchemaLog(bootstrapServers, new KafkaProducer<>(properties, bytes, bytes));
    }

    @Override
    public void replay(Consumer<Change> state) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrapServers, "enable.auto.commit", false, "auto.offset.reset", "earliest");
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> state.accept(change(record)));
            }
        }
    }

    @Override
    public void append(Change change) {
        try {
            producer.send(new ProducerRecord<>(TOPIC, 0, ChangeJson.key(change), ChangeJson.value(change)))
                    .get();
        } catch (ExecutionException | KafkaException e) {
            throw RegistryError.storeFailed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RegistryError.storeFailed(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    private static Change change(ConsumerRecord<byte[], byte[]> record) {
        try {
            return ChangeJson.change(record.key(), record.value());
        } catch (IOException e) {
            throw new KafkaException(TOPIC + " offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }

    private static void createTopic(String bootstrapServers) {
        NewTopic topic =
                new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("cleanup.policy", "compact", "segment.ms", "3600000"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("topic " + TOPIC + ": not created: " + e.getMessage(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while creating topic " + TOPIC, e);
        }
    }
}
