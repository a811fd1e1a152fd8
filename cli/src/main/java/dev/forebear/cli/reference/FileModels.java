package dev.forebear.cli.reference;

import dev.forebear.schemas.ReferenceFileHeader;
import dev.forebear.schemas.ReferenceFileReader;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.signals.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;

/** The models of a file of reference models; each is checked whenever it is read. */
public final class FileModels implements Models {

    private final Path file;

    public FileModels(Path file) {
        this.file = file;
    }

    /** @throws IOException with one line that names the file when it is none of reference models, or too new */
    public ReferenceFileHeader header() throws IOException {
        try (var reader = ReferenceFileReader.open(file)) {
            return reader.header();
        }
    }

    @Override
    public void outlines(Taker<Outline> taker) throws IOException {
        forEach(model -> taker.take(Outline.of(model)));
    }

    @Override
    public void forEach(Taker<ReferenceModel> taker) throws IOException {
        try (var reader = ReferenceFileReader.open(file)) {
            requireKnown(reader.header());
            for (ReferenceModel model = reader.next(); model != null; model = reader.next()) {
                ReferenceCheck.require(file.toString(), model);
                taker.take(model);
            }
        }
    }

    private void requireKnown(ReferenceFileHeader header) throws IOException {
        if (header.algorithm() > Fingerprint.ALGORITHM_VERSION) {
            throw new IOException(file + ": expected fingerprints of version " + Fingerprint.ALGORITHM_VERSION
                    + " of the algorithm or older, found version " + header.algorithm()
                    + ", which a newer version of Forebear made");
        }
    }
}
