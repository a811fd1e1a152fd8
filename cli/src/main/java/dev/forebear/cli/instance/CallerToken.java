package dev.forebear.cli.instance;

import dev.forebear.runtime.Environment;
import dev.forebear.runtime.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The token by which a running instance knows who asks. Never a parameter: others see those. */
public final class CallerToken {

    private static final String VARIABLE = "FOREBEAR_TOKEN";

    static final String HOW_TO_BE_LET_IN =
            "put a token into " + VARIABLE + " or --token-file; 'forebear token create' makes one";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that lets this command in (default: the variable " + VARIABLE + ").")
    private @Nullable Path file;

    /**
     * The token of the file or of the environment; null when none is given.
     *
     * @throws dev.forebear.runtime.ConfigurationException when the file cannot be read
     */
    public @Nullable String in(Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        if (file != null) {
            variables.remove(VARIABLE);
            variables.put(VARIABLE + "_FILE", file.toString());
        }
        var token = new Environment(variables).read(named -> Optional.ofNullable(named.secret(VARIABLE)));
        return token.map(Secret::reveal).orElse(null);
    }
}
