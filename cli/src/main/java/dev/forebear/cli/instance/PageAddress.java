package dev.forebear.cli.instance;

import dev.forebear.runtime.Environment;
import dev.forebear.runtime.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the page and the API of a running instance are, and what lets a program in. */
public final class PageAddress {

    static final String OPTION = "--url";
    static final String HOW_TO_BE_LET_IN =
            "put a token into FOREBEAR_TOKEN or --token-file; 'forebear token create' makes one";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = OPTION,
            paramLabel = "URL",
            description = "Page of the running instance (default: http://localhost:8080).")
    private URI url = URI.create("http://localhost:8080");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token that lets this command in (default: the variable FOREBEAR_TOKEN).")
    private @Nullable Path tokenFile;

    /** The running instance, to be asked with the token of the file or of the environment. */
    public RunningInstance connect(Map<String, String> environment) {
        return new RunningInstance(required(spec, OPTION, url), OPTION, token(environment));
    }

    private @Nullable String token(Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        if (tokenFile != null) {
            variables.remove("FOREBEAR_TOKEN");
            variables.put("FOREBEAR_TOKEN_FILE", tokenFile.toString());
        }
        var token = new Environment(variables).read(named -> Optional.ofNullable(named.secret("FOREBEAR_TOKEN")));
        return token.map(Secret::reveal).orElse(null);
    }

    /** The address if it is one of HTTP; wrong usage otherwise. */
    public static URI required(CommandSpec spec, String option, URI url) {
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": expected an address such as http://localhost:8080, found '" + url + "'");
        }
        return url;
    }
}
