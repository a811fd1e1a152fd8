package dev.forebear.fuzz;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.schemas.RecordFile;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Values of all topics, each in a sound file of its own.
 *
 * <pre>
 *   topic u8 (index in Topics.all(), modulo), Avro binary
 * </pre>
 */
final class RecordBytes implements Parser {

    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final byte[] SYNC = new byte[16];

    private final List<Topic<?>> topics = List.copyOf(Topics.all());
    private final Path file;

    RecordBytes() {
        try {
            file = Files.createTempFile("forebear-fuzz-", ".avro");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        file.toFile().deleteOnExit();
    }

    @Override
    public void read(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Topic<?> topic = topics.get(Byte.toUnsignedInt(input[0]) % topics.size());
        Files.write(file, container(topic, input));
        try {
            RecordFile.read(file, topic.type());
        } catch (IOException undecodable) {
            throw new CheckpointException(Reason.MALFORMED, "record", String.valueOf(undecodable.getMessage()));
        }
    }

    private static byte[] container(Topic<?> topic, byte[] input) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeMapStart();
        encoder.setItemCount(1);
        encoder.startItem();
        encoder.writeString("avro.schema");
        encoder.writeBytes(topic.schema().toString().getBytes(StandardCharsets.UTF_8));
        encoder.writeMapEnd();
        encoder.writeFixed(SYNC);
        encoder.writeLong(1);
        encoder.writeLong(input.length - 1);
        encoder.writeFixed(input, 1, input.length - 1);
        encoder.writeFixed(SYNC);
        return bytes.toByteArray();
    }
}
