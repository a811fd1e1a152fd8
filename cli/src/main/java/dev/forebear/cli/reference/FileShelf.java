package dev.forebear.cli.reference;

import dev.forebear.schemas.ReferenceFileHeader;
import dev.forebear.schemas.ReferenceFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A file of reference models, which is replaced as a whole. */
final class FileShelf implements Shelf {

    private final Path file;
    private final InstantSource clock;

    FileShelf(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Models models() {
        return new FileModels(file);
    }

    @Override
    public Merging put(Models incoming) throws IOException {
        return write(Merging.of(Files.exists(file) ? models() : Models.of(List.of()), incoming));
    }

    /** Writes exactly these models, whatever the file held before. */
    Merging replaceWith(Models models) throws IOException {
        return write(Merging.of(Models.of(List.of()), models));
    }

    private Merging write(Merging merging) throws IOException {
        var header = new ReferenceFileHeader(merging.algorithm(), clock.instant(), merging.models());
        try (var writer = new ReferenceFileWriter(file, header)) {
            merging.forEach(kept -> writer.append(kept.model()));
            writer.commit();
        }
        return merging;
    }
}
