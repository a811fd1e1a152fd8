package dev.forebear.alerts.readmodel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SQLite's native library is unpacked before it is loaded: to a folder that only this user may enter. */
final class NativeLibrary {

    private static final String FOLDER = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    static synchronized void prepare() {
        if (System.getProperty(FOLDER) != null) {
            return;
        }
        try {
            Path folder = Files.createTempDirectory("forebear-sqlite");
            folder.toFile().deleteOnExit();
            System.setProperty(FOLDER, folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for SQLite's native library", e);
        }
    }
}
