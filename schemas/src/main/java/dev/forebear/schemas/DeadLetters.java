package dev.forebear.schemas;

import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead letters of one stage: original bytes and headers without secrets, and the reason. A dead letter always
 * fits into a record: what is too long is cut, and the message says so.
 */
public final class DeadLetters {

    /** The rest of {@link WireFormat#MAX_BYTES} is for key, headers and reason. */
    static final int MAX_VALUE_BYTES = 896 << 10;

    static final int MAX_KEY_BYTES = 8 << 10;

    static final int MAX_HEADERS_BYTES = 32 << 10;

    static final int MAX_MESSAGE_LENGTH = 2_000;

    private static final int NO_POSITION = -1;

    private static final Pattern SECRET_HEADER =
            Pattern.compile("(?i).*(authorization|cookie|secret|token|password|api-?key|credential).*");

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
     * A record that was given up.
     *
     * @param attempts made, at least 1
     * @param correlationId of the upload, where known
     */
    public DeadLetter of(
            ConsumerRecord<byte[], byte[]> record,
            DeadLetterReason reason,
            String message,
            int attempts,
            @Nullable String correlationId) {
        Headers headers = new Headers();
        for (Header header : record.headers()) {
            headers.add(header.key(), header.value());
        }
        return letter(reason, message, record.value(), attempts, correlationId)
                .setOriginTopic(record.topic())
                .setOriginPartition(record.partition())
                .setOriginOffset(record.offset())
                .setKey(cut(record.key(), MAX_KEY_BYTES))
                .setHeaders(headers.kept)
                .build();
    }

    /** A request that did not become a record; its path stands for the topic. */
    public DeadLetter ofRequest(
            String path, Map<String, String> headers, byte[] body, DeadLetterReason reason, String message) {
        Headers copied = new Headers();
        headers.forEach((key, value) -> copied.add(key, value.getBytes(StandardCharsets.UTF_8)));
        return letter(reason, message, body, 1, null)
                .setOriginTopic(path)
                .setOriginPartition(NO_POSITION)
                .setOriginOffset(NO_POSITION)
                .setHeaders(copied.kept)
                .build();
    }

    /** Key of a dead letter: {@code <topic>/<partition>/<offset>} of its origin. */
    public static String key(DeadLetter letter) {
        return letter.getOriginTopic() + "/" + letter.getOriginPartition() + "/" + letter.getOriginOffset();
    }

    private DeadLetter.Builder letter(
            DeadLetterReason reason,
            String message,
            byte @Nullable [] value,
            int attempts,
            @Nullable String correlationId) {
        return DeadLetter.newBuilder()
                .setStage(stage)
                .setReason(reason.word())
                .setMessage(line(message) + note(value))
                .setValue(cut(value, MAX_VALUE_BYTES))
                .setAttempts(attempts)
                .setAt(clock.instant())
                .setCorrelationId(correlationId);
    }

    private static String line(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.substring(0, Math.min(line.length(), MAX_MESSAGE_LENGTH));
    }

    private static String note(byte @Nullable [] value) {
        return value == null || value.length <= MAX_VALUE_BYTES
                ? ""
                : " (value cut from " + value.length + " to " + MAX_VALUE_BYTES + " bytes)";
    }

    private static @Nullable ByteBuffer cut(byte @Nullable [] bytes, int max) {
        return bytes == null ? null : ByteBuffer.wrap(bytes.length <= max ? bytes : Arrays.copyOf(bytes, max));
    }

    /** Headers that may be shown, as many as fit. */
    private static final class Headers {

        private final List<RecordHeader> kept = new ArrayList<>();
        private int bytes;

        void add(String key, byte @Nullable [] value) {
            int size = key.length() + (value == null ? 0 : value.length);
            if (SECRET_HEADER.matcher(key).matches() || size > MAX_HEADERS_BYTES - bytes) {
                return;
            }
            bytes += size;
            kept.add(new RecordHeader(key, value == null ? null : ByteBuffer.wrap(value)));
        }
    }
}
