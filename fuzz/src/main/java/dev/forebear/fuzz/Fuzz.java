package dev.forebear.fuzz;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of this module; run in the root of the project. */
@Command(
        name = "fuzz",
        description = "Feeds hostile input to every parser.",
        subcommands = {Cover.class, Mutate.class, Keep.class},
        mixinStandardHelpOptions = true)
public final class Fuzz {

    private Fuzz() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Fuzz()).execute(arguments));
    }
}
