package dev.forebear.cli.instance;

import java.net.URI;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the page and the API of a running instance are, and what lets a program in. */
public final class PageAddress {

    static final String OPTION = "--url";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = OPTION,
            paramLabel = "URL",
            description = "Page of the running instance (default: http://localhost:8080).")
    private URI url = URI.create("http://localhost:8080");

    @Mixin
    private final CallerToken token = new CallerToken();

    /** The running instance, to be asked with the token of the file or of the environment. */
    public RunningInstance connect(Map<String, String> environment) {
        return new RunningInstance(required(spec, OPTION, url), OPTION, token.in(environment));
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
