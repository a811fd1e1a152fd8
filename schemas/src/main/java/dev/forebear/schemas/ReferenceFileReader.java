package dev.forebear.schemas;

import dev.forebear.schemas.wire.ReferenceModel;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of reference models, one after another. It may come from a stranger: no size that it claims is believed
 * before the file is seen to be as long.
 */
public final class ReferenceFileReader implements AutoCloseable {

    /** A foreign model of a hundred layers with its vectors is a tenth of it. */
    private static final int MAX_BLOCK_BYTES = 64 << 20;

    private final String name;
    private final ContainerStream stream;
    private final ReferenceFileHeader header;
    private final SpecificDatumReader<ReferenceModel> models;
    private @Nullable BinaryDecoder block;
    private long leftInBlock;
    private long read;

    private ReferenceFileReader(
            String name,
            ContainerStream stream,
            ReferenceFileHeader header,
            SpecificDatumReader<ReferenceModel> models) {
        this.name = name;
        this.stream = stream;
        this.header = header;
        this.models = models;
    }

    /**
     * @throws IOException with one line that names the file when it is none of reference models, or a newer version of
     *     Forebear wrote it
     */
    @SuppressWarnings("MustBeClosed")
    public static ReferenceFileReader open(Path file) throws IOException {
        String name = file.toString();
        var stream =
                new ContainerStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), Files.size(file));
        try {
            var metadata = stream.metadata();
            var header = ReferenceFileHeader.of(name, metadata);
            String codec = metadata.getOrDefault("avro.codec", "null");
            if (!codec.equals("null")) {
                throw new IOException(name + ": expected an uncompressed Avro file, found codec '" + codec + "'");
            }
            return new ReferenceFileReader(name, stream, header, datumReader(name, metadata.get("avro.schema")));
        } catch (ContainerStream.NotAContainer wrong) {
            stream.close();
            throw new IOException(name + ": expected a file of reference models, found " + wrong.getMessage(), wrong);
        } catch (IOException wrong) {
            stream.close();
            throw wrong;
        }
    }

    /** Reserves no memory for as many items as an array claims. */
    private static final class ModelReader extends SpecificDatumReader<ReferenceModel> {

        private static final int MOST_RESERVED = 1024;

        ModelReader(Schema writer, Schema reader) {
            super(writer, reader, SpecificData.getForClass(ReferenceModel.class));
        }

        @Override
        protected Object newArray(Object old, int size, Schema schema) {
            return super.newArray(old, Math.min(size, MOST_RESERVED), schema);
        }
    }

    private static SpecificDatumReader<ReferenceModel> datumReader(String name, @Nullable String writer)
            throws IOException {
        Schema schema = WireSchemas.generated(ReferenceModel.class);
        try {
            Schema written = new Schema.Parser().parse(writer == null ? "" : writer);
            return new ModelReader(written, schema);
        } catch (AvroRuntimeException wrong) {
            throw new IOException(
                    name + ": avro.schema: expected the schema of " + schema.getName() + ", found "
                            + wrong.getMessage(),
                    wrong);
        }
    }

    public ReferenceFileHeader header() {
        return header;
    }

    /** Bytes read so far; asked from another thread. */
    public long bytesRead() {
        return stream.position();
    }

    /**
     * The next model; null after the last one.
     *
     * @throws IOException with one line that names the file and the model's place in it
     */
    public @Nullable ReferenceModel next() throws IOException {
        try {
            while (leftInBlock == 0) {
                if (!nextBlock()) {
                    requireAll();
                    return null;
                }
            }
            ReferenceModel model = models.read(null, block);
            read++;
            leftInBlock--;
            if (leftInBlock == 0 && block != null && !block.isEnd()) {
                throw new ContainerStream.NotAContainer("bytes after the last of its block");
            }
            return model;
        } catch (ContainerStream.NotAContainer | EOFException | RuntimeException wrong) {
            throw new IOException(
                    name + ": model " + (read + 1) + " of " + header.models() + ": expected a ReferenceModel, found "
                            + (wrong instanceof EOFException ? "the end of its bytes" : wrong.getMessage()),
                    wrong);
        }
    }

    private boolean nextBlock() throws IOException {
        if (stream.isAtEnd()) {
            return false;
        }
        leftInBlock = stream.number("the number of models in a block", header.models());
        byte[] bytes = stream.bytes("the length of a block", MAX_BLOCK_BYTES);
        stream.requireMark();
        block = DecoderFactory.get().binaryDecoder(bytes, null);
        return true;
    }

    private void requireAll() throws IOException {
        if (read != header.models()) {
            throw new IOException(name + ": expected " + header.models() + " models as its header says, found " + read);
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
