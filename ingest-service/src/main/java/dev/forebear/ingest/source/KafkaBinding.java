package dev.forebear.ingest.source;

import dev.forebear.ingest.sender.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record as the request that the registry would have sent.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">the
 *     binding of CloudEvents</a>, of which {@code ce_} in names and plain values are read as HTTP has them
 */
final class KafkaBinding {

    private static final String ATTRIBUTE = "ce_";

    private KafkaBinding() {}

    static Webhook request(ConsumerRecord<byte[], byte[]> record, Instant receivedAt) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                put(headers, header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        byte[] value = record.value();
        return new Webhook(headers, value == null ? new byte[0] : value, receivedAt);
    }

    // Over HTTP values are percent-encoded, here a percent sign is one.
    private static void put(Map<String, String> headers, String name, String value) {
        if (name.startsWith(ATTRIBUTE)) {
            headers.put("ce-" + name.substring(ATTRIBUTE.length()), value.replace("%", "%25"));
        } else {
            headers.put(name, value);
        }
    }
}
