package dev.forebear.cli.instance;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the page and the API of a running instance are. */
public final class PageAddress {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Page of the running instance (default: http://localhost:8080).")
    private URI url = URI.create("http://localhost:8080");

    public URI get() {
        return required(spec, "--url", url);
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
