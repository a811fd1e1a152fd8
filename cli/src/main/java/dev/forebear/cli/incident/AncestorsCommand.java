package dev.forebear.cli.incident;

import dev.forebear.cli.console.Console;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ancestors}: everything that a model was made from. */
@Command(
        name = "ancestors",
        description = {
            "Show everything that a model descends from: what its weights prove, and what is only declared.",
            "Asks the running instance; nothing is left out unless you ask for it."
        },
        footer = {
            "",
            "Examples:",
            "  forebear ancestors internal/helios-7b@v4",
            "  forebear ancestors helios-7b --format json"
        })
public final class AncestorsCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;

    @Mixin
    private final FamilyOptions options = new FamilyOptions();

    public AncestorsCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.answer(console, environment, Side.ANCESTORS);
    }
}
