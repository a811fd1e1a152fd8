package dev.forebear.schemas;

import dev.forebear.schemas.wire.ReferenceModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes a file of reference models, one after another, so that it is either whole or not there. The file is an
 * uncompressed Avro object container, which carries its schema and opens with any Avro tool.
 */
public final class ReferenceFileWriter implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final ReferenceFileHeader header;
    private final DataFileWriter<ReferenceModel> writer;
    private long written;

    /** @throws IOException when nothing can be written beside the file */
    public ReferenceFileWriter(Path file, ReferenceFileHeader header) throws IOException {
        this.file = file;
        this.header = header;
        this.part = Files.createTempFile(file.toAbsolutePath().resolveSibling(""), ".", ".part");
        this.writer = new DataFileWriter<>(new SpecificDatumWriter<>(WireSchemas.generated(ReferenceModel.class)));
        header.metadata().forEach(writer::setMeta);
        writer.create(WireSchemas.registered(ReferenceModel.class), part.toFile());
    }

    public void append(ReferenceModel model) throws IOException {
        writer.append(model);
        written++;
    }

    /** Puts the file in its place, over an older one. */
    public void commit() throws IOException {
        if (written != header.models()) {
            throw new IllegalStateException(
                    file + ": expected " + header.models() + " models as its header says, found " + written);
        }
        writer.close();
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves nothing behind but what was committed. */
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(part);
    }
}
