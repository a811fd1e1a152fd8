package dev.forebear.cli;

import java.nio.file.Path;

/** The project's tiny trained models. */
public final class Zoo {

    private Zoo() {}

    public static Path folder(String model) {
        return Path.of("..", "zoo", model);
    }

    public static String location(String model) {
        return folder(model).toString();
    }
}
