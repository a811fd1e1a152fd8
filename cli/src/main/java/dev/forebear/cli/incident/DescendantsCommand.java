package dev.forebear.cli.incident;

import dev.forebear.cli.console.Console;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code descendants}: everything that was made from a model. */
@Command(
        name = "descendants",
        description = {
            "Show everything that descends from a model: what its weights prove, and what is only declared.",
            "Asks the running instance; nothing is left out unless you ask for it."
        },
        footer = {
            "",
            "Examples:",
            "  forebear descendants hub/quarry-ai/basalt-7b",
            "  forebear descendants basalt-7b --only proven --format csv > affected.csv",
            "  forebear descendants basalt-7b --depth 2 --format dot | dot -Tsvg > affected.svg"
        })
public final class DescendantsCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;

    @Mixin
    private final FamilyOptions options = new FamilyOptions();

    public DescendantsCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return options.answer(console, environment, Side.DESCENDANTS);
    }
}
