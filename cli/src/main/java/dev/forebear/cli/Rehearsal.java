package dev.forebear.cli;

import dev.forebear.cli.console.Console;
import java.util.List;
import java.util.Map;

/**
 * Runs what most commands have in common, one after the other, so that the JVM can keep what it has loaded and linked
 * for later starts. What they answer does not matter; nobody listens at the address.
 */
final class Rehearsal {

    private static final String NOBODY = "http://localhost:1";

    private Rehearsal() {}

    /** @param args folders of two models that are related */
    public static void main(String[] args) {
        LogFile.open(Map.of());
        for (List<String> command : List.of(
                List.of("--version"),
                List.of("compare", args[0], args[1]),
                List.of("compare", args[0], args[1], "--json"),
                List.of("descendants", "a-model", "--url", NOBODY))) {
            Forebear.run(Console.ofProcess(Map.of()), Map.of(), command.toArray(String[]::new));
        }
    }
}
