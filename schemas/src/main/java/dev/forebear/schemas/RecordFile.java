package dev.forebear.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record in a file of its own: an uncompressed Avro object container, which carries its schema and opens with any
 * Avro tool.
 */
public final class RecordFile {

    private static final int MAX_BYTES = 1 << 20;
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int SYNC_BYTES = 16;

    private RecordFile() {}

    /** The whole file's bytes. */
    public static <V extends SpecificRecord> byte[] bytes(V record) {
        Schema schema = WireSchemas.registered(record.getClass());
        var bytes = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<>(new SpecificDatumWriter<V>(record.getSchema()))) {
            writer.create(schema, bytes);
            writer.append(record);
        } catch (IOException impossible) {
            throw new IllegalStateException("memory does not fail to be written", impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes the file so that it is either whole or not there. */
    public static <V extends SpecificRecord> void write(Path file, V record) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        Path part = Files.createTempFile(folder, ".", ".part");
        try {
            Files.write(part, bytes(record));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Reads the only record of a file, whichever version of its schema wrote it. The file may come from a stranger.
     *
     * @throws IOException with one line that names the file when it holds something else or cannot be read
     */
    public static <V extends SpecificRecord> V read(Path file, Class<V> type) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new IOException(file + ": expected at most " + MAX_BYTES + " bytes, found " + size);
        }
        return record(file.toString(), Files.readAllBytes(file), type);
    }

    static <V extends SpecificRecord> V record(String name, byte[] bytes, Class<V> type) throws IOException {
        Schema schema = WireSchemas.generated(type);
        try {
            requireOneRecord(bytes);
            var datum = new SpecificDatumReader<V>(schema, schema, SpecificData.getForClass(type));
            try (var reader = new DataFileReader<>(new SeekableByteArrayInput(bytes), datum)) {
                return reader.next();
            }
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    name + ": expected one " + schema.getName() + " in an Avro file, found " + e.getMessage(), e);
        }
    }

    // Avro reserves memory for a block before it looks whether the file holds as much.
    private static void requireOneRecord(byte[] bytes) throws IOException {
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
            throw new IOException("something else");
        }
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, MAGIC.length, bytes.length - MAGIC.length, null);
        for (long entries = decoder.readMapStart(); entries != 0; entries = decoder.mapNext()) {
            for (long i = 0; i < entries; i++) {
                decoder.skipString();
                decoder.skipBytes();
            }
        }
        decoder.skipFixed(SYNC_BYTES);
        long records = decoder.readLong();
        long blockBytes = decoder.readLong();
        if (records != 1 || blockBytes != decoder.remainingBytes() - SYNC_BYTES) {
            throw new IOException(records + " records, " + blockBytes + " of " + bytes.length + " bytes");
        }
    }
}
