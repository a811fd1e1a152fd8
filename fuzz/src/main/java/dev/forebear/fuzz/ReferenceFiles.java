package dev.forebear.fuzz;

import dev.forebear.cli.reference.FileModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of reference models, as it came from somebody. */
final class ReferenceFiles implements Parser {

    private final Path file;

    ReferenceFiles() {
        try {
            file = Files.createTempFile("forebear-fuzz-", ".forebear");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        file.toFile().deleteOnExit();
    }

    @Override
    public void read(byte[] input) throws IOException {
        Files.write(file, input);
        var models = new FileModels(file);
        ReferenceModels.read(() -> {
            models.header();
            return models;
        });
    }
}
