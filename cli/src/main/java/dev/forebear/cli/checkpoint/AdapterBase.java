package dev.forebear.cli.checkpoint;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --base}: what an adapter is put on. */
public final class AdapterBase {

    @Option(
            names = "--base",
            paramLabel = "LOCATION",
            description = {
                "What an adapter (LoRA) is put on; if not given, the folder of the name that it declares, if there is"
                        + " one."
            })
    private @Nullable String location;

    /** Null when it is not given. */
    public @Nullable String location() {
        return location;
    }
}
