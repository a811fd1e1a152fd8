package dev.forebear.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.ingest.sender.Sample;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KafkaBindingTest {

    @Test
    void readsAttributesAndHeadersAsHttpHasThem() {
        var record = new ConsumerRecord<byte[], byte[]>("events", 0, 7, null, new byte[] {1});
        record.headers()
                .add("ce_source", "//host/100%".getBytes(StandardCharsets.UTF_8))
                .add("content-type", "application/json".getBytes(StandardCharsets.UTF_8))
                .add("empty", null);

        var request = KafkaBinding.request(record, Sample.TIME);

        assertThat(request.headers())
                .containsOnlyKeys("ce-source", "content-type")
                .containsEntry("ce-source", "//host/100%25")
                .containsEntry("content-type", "application/json");
        assertThat(request.body()).containsExactly(1);
        assertThat(request.receivedAt()).isEqualTo(Sample.TIME);
    }

    @Test
    void readsARecordWithoutValueAsAnEmptyBody() {
        var record = new ConsumerRecord<byte[], byte[]>("events", 0, 7, new byte[] {1}, null);

        assertThat(KafkaBinding.request(record, Sample.TIME).body()).isEmpty();
    }
}
