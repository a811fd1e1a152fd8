package dev.forebear.cli.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The API token by which a running instance knows who asks. Never a parameter: others see those. */
final class CallerToken {

    static final String VARIABLE = "FOREBEAR_TOKEN";

    private final Map<String, String> environment;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with an API token (default: the variable " + VARIABLE + ").")
    private @Nullable Path file;

    CallerToken(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The token; null when none is given.
     *
     * @throws IOException when the file cannot be read
     */
    @Nullable
    String get() throws IOException {
        String token = file == null ? environment.get(VARIABLE) : Files.readString(file);
        return token == null || token.isBlank() ? null : token.strip();
    }
}
