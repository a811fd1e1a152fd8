package dev.forebear.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A file without a lie, for what is read together with a file that may have some. */
record SoundFile(String name, byte[] content) {

    static SoundFile read(String name) {
        try (var stream = Objects.requireNonNull(SoundFile.class.getResourceAsStream(name), name)) {
            return new SoundFile(name, stream.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
