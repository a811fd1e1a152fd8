package dev.forebear.schemas;

import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Makes the dead letters of one stage: original bytes and headers without secrets, and the reason. */
public final class DeadLetters {

    /**
     * A dead letter must fit into a record itself. The rest of Kafka's default of 1 MiB is for key, headers and
     * reason.
     */
    static final int MAX_VALUE_BYTES = 896 * 1024;

    static final int MAX_KEY_BYTES = 8 * 1024;

    static final int MAX_HEADERS_BYTES = 32 * 1024;

    static final int MAX_MESSAGE_LENGTH = 2_000;

    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization", "proxy-authorization", "cookie", "set-cookie", "x-webhook-secret", "x-api-key");

    private final String stage;
    private final InstantSource clock;

    /** @param stage service that gives up, for example {@code fingerprint-worker} */
    public DeadLetters(String stage, InstantSource clock) {
        this.stage = stage;
        this.clock = clock;
    }

    /** A record that failed at the first attempt and always will. */
    public DeadLetter of(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String message) {
        return of(record, reason, message, 1, null);
    }

    /**
     * @param attempts made, at least 1
     * @param correlationId of the upload, where known
     */
    public DeadLetter of(
            ConsumerRecord<byte[], byte[]> record,
            DeadLetterReason reason,
            String message,
            int attempts,
            @Nullable String correlationId) {
        List<RecordHeader> headers = StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> new RecordHeader(header.key(), wrap(header.value())))
                .toList();
        return letter(reason, message, attempts, correlationId)
                .setOriginTopic(record.topic())
                .setOriginPartition(record.partition())
                .setOriginOffset(record.offset())
                .setKey(bounded(record.key(), MAX_KEY_BYTES))
                .setValue(bounded(record.value(), MAX_VALUE_BYTES))
                .setHeaders(withoutSecrets(headers))
                .build();
    }

    /** A request that was not turned into a record; its path stands for the topic. */
    public DeadLetter ofRequest(
            String path, Map<String, String> headers, byte[] body, DeadLetterReason reason, String message) {
        List<RecordHeader> copied = headers.entrySet().stream()
                .map(header -> new RecordHeader(header.getKey(), ByteBuffer.wrap(header.getValue().getBytes())))
                .toList();
        return letter(reason, message, 1, null)
                .setOriginTopic(path)
                .setOriginPartition(-1)
                .setOriginOffset(-1)
                .setKey(null)
                .setValue(bounded(body, MAX_VALUE_BYTES))
                .setHeaders(withoutSecrets(copied))
                .build();
    }

    /** Key of a dead letter: {@code <topic>/<partition>/<offset>} of its origin. */
    public static String key(DeadLetter letter) {
        return letter.getOriginTopic() + "/" + letter.getOriginPartition() + "/" + letter.getOriginOffset();
    }

    private DeadLetter.Builder letter(
            DeadLetterReason reason, String message, int attempts, @Nullable String correlationId) {
        return DeadLetter.newBuilder()
                .setStage(stage)
                .setReason(reason.word())
                .setMessage(message.substring(0, Math.min(message.length(), MAX_MESSAGE_LENGTH)))
                .setAttempts(attempts)
                .setAt(clock.instant())
                .setCorrelationId(correlationId);
    }

    private static List<RecordHeader> withoutSecrets(List<RecordHeader> headers) {
        return headers.stream()
                .filter(header -> !SECRET_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .toList();
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static @Nullable ByteBuffer bounded(byte @Nullable [] bytes, int max) {
        return bytes == null ? null : ByteBuffer.wrap(bytes.length <= max ? bytes : Arrays.copyOf(bytes, max));
    }
}
