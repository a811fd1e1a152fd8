package dev.forebear.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Damages sound files of every kind and reads them. The same seed makes the same files. */
@Command(name = "mutate", description = "Damages sound files and reads them.")
final class Mutate implements Callable<Integer> {

    @Parameters(paramLabel = "TARGET", description = "One or several of the folders in fuzz/corpus; all without any.")
    private List<String> targets = List.of();

    @Option(names = "--files", description = "How many, of all targets together (default: ${DEFAULT-VALUE}).")
    private long files = 1_000_000;

    @Option(names = "--seed", description = "Other files with another number (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--out", description = "Where findings go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("fuzz", "target", "mutations");

    @Override
    public Integer call() throws Exception {
        List<Target> chosen = targets.isEmpty()
                ? Arrays.asList(Target.values())
                : targets.stream().map(Target::of).toList();
        var run = new MutationRun(seed, Math.ceilDiv(files, chosen.size()), out, System.out);
        return run.of(chosen, Corpus.found()) ? 0 : 1;
    }
}
