package dev.forebear.ingest.registration;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A topic to which a registry writes its events, on brokers of its own.
 *
 * @param bootstrap comma-separated {@code host:port}
 * @param properties further client properties, for example of SASL and TLS; never shown by {@link #toString}
 */
public record KafkaSource(String bootstrap, String topic, Map<String, String> properties) {

    private static final Pattern SERVERS = Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    public KafkaSource {
        if (!SERVERS.matcher(bootstrap).matches()) {
            throw new IllegalArgumentException("expected brokers such as host:9092, found '" + bootstrap + "'");
        }
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("expected the name of a topic, found '" + topic + "'");
        }
        properties = Map.copyOf(properties);
    }

    /** Of brokers that need no authentication. */
    public static KafkaSource of(String bootstrap, String topic) {
        return new KafkaSource(bootstrap, topic, Map.of());
    }

    @Override
    public String toString() {
        return "KafkaSource[" + bootstrap + ", topic '" + topic + "', properties " + properties.keySet() + "]";
    }
}
