package dev.forebear.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Coverage-guided fuzzing. Without targets all of them share the time, in one process for each processor. */
@Command(name = "cover", description = "Looks for inputs that reach code no input reached before.")
final class Cover implements Callable<Integer> {

    @Parameters(paramLabel = "TARGET", description = "One or several of the folders in fuzz/corpus; all without any.")
    private List<String> targets = List.of();

    @Option(names = "--seconds", description = "How long, after the start (default: ${DEFAULT-VALUE}).")
    private long seconds = 60;

    @Option(names = "--out", description = "Where findings and new inputs go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("fuzz", "target", "fuzzing");

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Target> chosen = targets.isEmpty()
                ? Arrays.asList(Target.values())
                : targets.stream().map(Target::of).toList();
        int processes = Math.min(chosen.size(), Runtime.getRuntime().availableProcessors());
        var running = new ArrayList<JazzerProcess>();
        for (int process = 0; process < processes; process++) {
            running.add(JazzerProcess.start(
                    share(chosen, process, processes), Corpus.found(), Duration.ofSeconds(seconds), out));
        }
        boolean sound = true;
        for (JazzerProcess process : running) {
            sound &= process.awaitSound(System.out);
        }
        return sound ? 0 : 1;
    }

    private static List<Target> share(List<Target> all, int process, int processes) {
        var share = new ArrayList<Target>();
        for (int i = process; i < all.size(); i += processes) {
            share.add(all.get(i));
        }
        return List.copyOf(share);
    }
}
