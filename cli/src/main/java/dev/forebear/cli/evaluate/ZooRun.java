package dev.forebear.cli.evaluate;

import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.cli.evaluate.OpenModel.Readable;
import dev.forebear.cli.evaluate.OpenModel.Unreadable;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a zoo before the product: every model against all that were uploaded before it. Of the lineage the product gets
 * to know the folders and their order, which is the order of upload; the origins say only which questions are scored.
 * Each core takes one model after the other.
 */
final class ZooRun implements AutoCloseable {

    private final List<OpenModel> models;
    private final List<List<Integer>> origins;
    private final ConcurrentLinkedQueue<Answers> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger next;

    private ZooRun(List<OpenModel> models, List<List<Integer>> origins) {
        this.models = List.copyOf(models);
        this.origins = List.copyOf(origins);
        this.next = new AtomicInteger(models.size());
    }

    /** Opens the models; those that cannot be read are part of the result. */
    static ZooRun of(Path zoo, Lineage lineage) {
        Map<String, Integer> positions = lineage.positions();
        var bases = new AdapterBases(zoo, lineage);
        return new ZooRun(
                lineage.models().stream()
                        .map(entry -> OpenModel.open(zoo, entry, bases))
                        .toList(),
                lineage.models().stream()
                        .map(entry -> entry.origins().stream()
                                .map(positions::get)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList())
                        .toList());
    }

    /** The models, in the order of upload. */
    List<OpenModel> models() {
        return models;
    }

    /** Asks about all pairs, and about the origin of every model. */
    Answers ask(Console console) throws InterruptedException {
        int pairs = models.size() * (models.size() - 1) / 2;
        int cores = Runtime.getRuntime().availableProcessors();
        try (var workers = Executors.newFixedThreadPool(cores);
                Progress progress = console.progress("Comparing %,d pairs".formatted(pairs), done::get, pairs)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                running.add(workers.submit(this::work));
            }
            for (Future<?> worker : running) {
                await(worker);
            }
        }
        return Answers.of(answers);
    }

    // The last uploads have the most predecessors: taken first, they leave small work for the end.
    private void work() {
        Workbench workbench = new Workbench(models);
        for (int model = next.decrementAndGet(); model >= 0; model = next.decrementAndGet()) {
            ask(workbench, model);
            done.addAndGet(model);
        }
    }

    private void ask(Workbench workbench, int model) {
        List<Integer> comparable = new ArrayList<>();
        List<PairOutcome> without = new ArrayList<>();
        for (int earlier = 0; earlier < model; earlier++) {
            if (models.get(earlier) instanceof Unreadable unreadable) {
                without.add(new NotCompared(earlier, model, unreadable.reason()));
            } else if (models.get(model) instanceof Unreadable unreadable) {
                without.add(new NotCompared(earlier, model, unreadable.reason()));
            } else {
                comparable.add(earlier);
            }
        }
        answers.add(new Answers(without, List.of()));
        if (models.get(model) instanceof Readable) {
            answers.add(workbench.ask(model, comparable, readable(origins.get(model))));
        }
    }

    private List<Integer> readable(List<Integer> positions) {
        return positions.stream()
                .filter(position -> models.get(position) instanceof Readable)
                .toList();
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
