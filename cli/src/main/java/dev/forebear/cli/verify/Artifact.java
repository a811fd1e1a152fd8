package dev.forebear.cli.verify;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file that a finding is shown at: where people say what a model is.
 *
 * @param uri relative to the working folder if it lies under that, else absolute
 * @param isRelative whether it is
 */
record Artifact(String uri, boolean isRelative) {

    /** The card, which says what was declared, before the configuration. */
    private static final List<String> WHERE_TO_LOOK = List.of("README.md", "config.json", "adapter_config.json");

    /**
     * Of a checkpoint.
     *
     * @param location as the user wrote it
     * @param workingFolder absolute
     */
    static Artifact of(String location, Path workingFolder) {
        if (location.matches("(?!file:)[A-Za-z][A-Za-z0-9-]+:/.*")) {
            return new Artifact(URI.create(location.replace(" ", "%20")).toString(), false);
        }
        Path place = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        URI file = shown(workingFolder.resolve(place).normalize()).toUri();
        URI relative = workingFolder.normalize().toUri().relativize(file);
        return new Artifact(relative.toString(), !relative.isAbsolute());
    }

    private static Path shown(Path place) {
        Optional<Path> known = WHERE_TO_LOOK.stream()
                .map(place::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        return known.orElse(place);
    }
}
