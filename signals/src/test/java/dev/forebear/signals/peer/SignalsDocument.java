package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** docs/signals.md, whose numbers tests compute. */
public final class SignalsDocument {

    private static final Path FILE = Path.of("..", "docs", "signals.md");

    private SignalsDocument() {}

    /** Wherever its lines break. */
    public static void assertStates(String statement) throws IOException {
        String document = Files.readString(FILE).replaceAll("\\s+", " ");
        assertThat(document.contains(statement.replaceAll("\\s+", " ").strip()))
                .as("docs/signals.md should state: " + statement)
                .isTrue();
    }
}
