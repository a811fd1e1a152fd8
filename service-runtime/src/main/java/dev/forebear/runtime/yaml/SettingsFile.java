package dev.forebear.runtime.yaml;

import dev.forebear.runtime.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings files as they lie on disk. */
public final class SettingsFile {

    /** Far beyond any settings file that people keep. */
    private static final int MAX_BYTES = 1 << 20;

    private SettingsFile() {}

    /**
     * The text of a settings file.
     *
     * @throws ConfigurationException when it cannot be read or is too long
     */
    public static String text(Path file) {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new ConfigurationException(
                    file + ": expected a readable file, found " + e.getClass().getSimpleName());
        }
        if (bytes.length > MAX_BYTES) {
            throw new ConfigurationException(file + ": expected at most " + MAX_BYTES + " bytes, found more");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
