package dev.forebear.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_795_161_604_000L);

    private final DeadLetters letters = new DeadLetters("fingerprint-worker", () -> NOW);

    @Test
    void keepOriginBytesAndReason() {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("model-uploads", 2, 991, "key".getBytes(UTF_8), "value".getBytes(UTF_8));
        record.headers().add("traceparent", "00-1".getBytes(UTF_8)).add("empty", null);

        DeadLetter letter = letters.of(record, DeadLetterReason.EXHAUSTED, "gave\nup", 5, "c1");

        assertThat(letter)
                .isEqualTo(DeadLetter.newBuilder()
                        .setStage("fingerprint-worker")
                        .setReason("exhausted")
                        .setMessage("gave up")
                        .setOriginTopic("model-uploads")
                        .setOriginPartition(2)
                        .setOriginOffset(991)
                        .setKey(ByteBuffer.wrap("key".getBytes(UTF_8)))
                        .setValue(ByteBuffer.wrap("value".getBytes(UTF_8)))
                        .setHeaders(List.of(
                                new RecordHeader("traceparent", ByteBuffer.wrap("00-1".getBytes(UTF_8))),
                                new RecordHeader("empty", null)))
                        .setAttempts(5)
                        .setAt(NOW)
                        .setCorrelationId("c1")
                        .build());
        assertThat(DeadLetters.key(letter)).isEqualTo("model-uploads/2/991");
    }

    @Test
    void keepTombstonesAndRecordsWithoutKey() {
        DeadLetter letter = letters.of(
                new ConsumerRecord<>("model-uploads", 0, 1, null, null), DeadLetterReason.MALFORMED, "no value");

        assertThat(letter.getKey()).isNull();
        assertThat(letter.getValue()).isNull();
        assertThat(letter.getAttempts()).isEqualTo(1);
    }

    @Test
    void leaveSecretsOut() {
        DeadLetter letter = letters.ofRequest(
                "/webhooks/hugging-face",
                Map.of(
                        "X-Webhook-Secret",
                        "s",
                        "Authorization",
                        "Bearer t",
                        "X-Gitlab-Token",
                        "t",
                        "Content-Type",
                        "json"),
                "{}".getBytes(UTF_8),
                DeadLetterReason.UNUSABLE,
                "event of a dataset");

        assertThat(letter.getHeaders()).extracting(RecordHeader::getKey).containsExactly("Content-Type");
        assertThat(DeadLetters.key(letter)).isEqualTo("/webhooks/hugging-face/-1/-1");
    }

    @Test
    void alwaysFitIntoARecord() throws IOException {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("model-uploads", 0, 7, new byte[100_000], new byte[2_000_000]);
        for (int i = 0; i < 100; i++) {
            record.headers().add("h" + i, new byte[1_000]);
        }

        DeadLetter letter = letters.of(record, DeadLetterReason.UNDECODABLE, "x".repeat(50_000));

        assertThat(letter.getMessage()).endsWith("x (value cut from 2000000 to 917504 bytes)");
        assertThat(DeadLetter.getEncoder().encode(letter).remaining()).isLessThan(WireFormat.MAX_BYTES - 10_000);
    }
}
