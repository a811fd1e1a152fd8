package dev.forebear.cli.evaluate;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.cli.evaluate.OpenModel.Unreadable;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts every pair of a zoo before the product. Of the lineage it uses the folders and their order, which is the order
 * of upload. Each core takes one uploaded model after the other and holds it against all earlier ones.
 */
final class ZooRun implements AutoCloseable {

    private final List<OpenModel> models;
    private final ConcurrentLinkedQueue<PairOutcome> outcomes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger next;

    private ZooRun(List<OpenModel> models) {
        this.models = List.copyOf(models);
        this.next = new AtomicInteger(models.size());
    }

    /** Opens the models; those that cannot be read are part of the result. */
    static ZooRun of(Path zoo, List<LineageEntry> entries) {
        return new ZooRun(
                entries.stream().map(entry -> OpenModel.open(zoo, entry)).toList());
    }

    /** The models, in the order of upload. */
    List<OpenModel> models() {
        return models;
    }

    /** Asks about all pairs. */
    Answers ask(Console console) throws InterruptedException {
        int pairs = models.size() * (models.size() - 1) / 2;
        int cores = Runtime.getRuntime().availableProcessors();
        try (var workers = Executors.newFixedThreadPool(cores);
                Progress progress = console.progress("Comparing " + pairs + " pairs", done::get, pairs)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                running.add(workers.submit(this::work));
            }
            for (Future<?> worker : running) {
                await(worker);
            }
        }
        return new Answers(
                outcomes.stream()
                        .sorted(Comparator.comparingInt(PairOutcome::later).thenComparingInt(PairOutcome::earlier))
                        .toList(),
                List.of());
    }

    // The last uploads have the most predecessors: taken first, they leave small work for the end.
    private void work() {
        Workbench workbench = new Workbench(models);
        for (int later = next.decrementAndGet(); later >= 0; later = next.decrementAndGet()) {
            for (int earlier = 0; earlier < later; earlier++) {
                outcomes.add(outcome(workbench, earlier, later));
                done.incrementAndGet();
            }
        }
    }

    private PairOutcome outcome(Workbench workbench, int earlier, int later) {
        for (int position : new int[] {earlier, later}) {
            if (models.get(position) instanceof Unreadable unreadable) {
                return new NotCompared(earlier, later, unreadable.reason());
            }
        }
        return workbench.compare(earlier, later);
    }

    private static void await(Future<?> worker) throws InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failure.getCause());
        }
    }

    @Override
    public void close() {
        models.forEach(OpenModel::close);
    }
}
