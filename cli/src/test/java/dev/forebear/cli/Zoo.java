package dev.forebear.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's tiny trained models. */
public final class Zoo {

    private Zoo() {}

    public static Path folder(String model) {
        return Path.of("..", "zoo", model);
    }

    /** Copies a model's files into a new folder. */
    public static void copy(String model, Path into) throws IOException {
        Files.createDirectories(into);
        try (var files = Files.list(folder(model))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, into.resolve(file.getFileName()));
            }
        }
    }

    public static String location(String model) {
        return folder(model).toString();
    }
}
