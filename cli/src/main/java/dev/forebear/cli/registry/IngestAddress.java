package dev.forebear.cli.registry;

import dev.forebear.cli.instance.PageAddress;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the ingest service of a running instance is. */
final class IngestAddress {

    /** Variable with the token that it asks for when it has one. */
    static final String TOKEN = "FOREBEAR_OPERATOR_TOKEN";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--ingest",
            paramLabel = "URL",
            description = "Ingest service (default: http://localhost:8090). Asks for " + TOKEN + " if it has one.")
    private URI url = URI.create("http://localhost:8090");

    URI get() {
        return PageAddress.required(spec, "--ingest", url);
    }
}
