package dev.forebear.schemas;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach Kafka and how the topics are called there.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param topicPrefix put before every topic name; may be empty
 * @param properties further client properties, for example of SASL and TLS; never shown by {@link #toString}
 */
public record KafkaConfig(String bootstrapServers, String topicPrefix, Map<String, String> properties) {

    public KafkaConfig {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("Kafka: expected bootstrap servers, found none");
        }
        properties = Map.copyOf(properties);
        Topics.all().forEach(topic -> topic.name(topicPrefix));
    }

    /** Brokers that need no authentication, topics without a prefix. */
    public static KafkaConfig of(String bootstrapServers) {
        return new KafkaConfig(bootstrapServers, "", Map.of());
    }

    /** Name of the topic on these brokers. */
    public <V extends SpecificRecord> String topic(Topic<V> topic) {
        return topic.name(topicPrefix);
    }

    /** Properties that every client starts from: a new map that the caller owns. */
    public Map<String, Object> clientProperties() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return all;
    }

    @Override
    public String toString() {
        return "KafkaConfig[" + bootstrapServers + ", prefix '" + topicPrefix + "', properties " + properties.keySet()
                + "]";
    }
}
