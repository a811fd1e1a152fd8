package dev.forebear.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Reads damaged files on all processors, one target after the other, and prints what became of them. */
final class MutationRun {

    /** For a file whose reading does not end; a thread that is stuck cannot be stopped, so the run ends with it. */
    private static final Duration HANG = Duration.ofSeconds(30);

    private static final int BATCH = 64;

    private final long seed;
    private final long filesOfEach;
    private final Path out;
    private final PrintStream console;
    private final AtomicInteger findings = new AtomicInteger();

    MutationRun(long seed, long filesOfEach, Path out, PrintStream console) {
        this.seed = seed;
        this.filesOfEach = filesOfEach;
        this.out = out;
        this.console = console;
    }

    /** Whether every file was read or refused within the limits. */
    boolean of(List<Target> targets, Corpus corpus) throws IOException, InterruptedException {
        var all = new Tally();
        console.println(Tally.header());
        for (Target target : targets) {
            Tally tally = run(target, corpus);
            all.add(tally);
            console.println(tally.row(target.word()));
        }
        console.println(all.row("all"));
        console.println(findings + " findings");
        return findings.get() == 0;
    }

    private Tally run(Target target, Corpus corpus) throws IOException, InterruptedException {
        var mutator = new Mutator(target, sound(target, corpus), seed);
        var tally = new Tally();
        var next = new AtomicLong();
        int threads = Runtime.getRuntime().availableProcessors();
        try (var pool = Executors.newFixedThreadPool(threads, task -> {
            var thread = new Thread(task, target.word());
            thread.setDaemon(true);
            return thread;
        })) {
            List<Future<?>> workers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                workers.add(pool.submit(work(target, mutator, next, tally)));
            }
            for (Future<?> worker : workers) {
                await(worker, target, tally);
            }
        }
        return tally;
    }

    /** Damage to files that are refused as they are would show nothing. */
    private static List<byte[]> sound(Target target, Corpus corpus) throws IOException {
        Parser parser = target.parser();
        List<byte[]> sound = new ArrayList<>();
        for (byte[] input : corpus.inputs(target)) {
            if (Limits.read(parser, input).refusal() == null) {
                sound.add(input);
            }
        }
        if (sound.isEmpty()) {
            throw new IOException(target.word() + ": expected a sound file in the corpus, found none");
        }
        return sound;
    }

    private Callable<Void> work(Target target, Mutator mutator, AtomicLong next, Tally tally) {
        return () -> {
            Parser parser = target.parser();
            for (long first = next.getAndAdd(BATCH); first < filesOfEach; first = next.getAndAdd(BATCH)) {
                for (long number = first; number < Math.min(filesOfEach, first + BATCH); number++) {
                    read(target, parser, mutator.file(number), number, tally);
                }
            }
            return null;
        };
    }

    void read(Target target, Parser parser, byte[] file, long number, Tally tally) throws IOException {
        Optional<String> finding;
        try {
            Limits.Cost cost = Limits.read(parser, file);
            tally.add(cost);
            finding = Limits.DEFAULT.exceeded(cost);
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError defect) {
            finding = Optional.of(defect + " at "
                    + Stream.of(defect.getStackTrace())
                            .findFirst()
                            .map(String::valueOf)
                            .orElse("an unknown place"));
        }
        if (finding.isPresent()) {
            findings.incrementAndGet();
            Path saved = Files.createDirectories(out).resolve(target.word() + "-" + seed + "-" + number);
            Files.write(saved, file);
            console.println(saved + ": " + finding.get());
        }
    }

    private static void await(Future<?> worker, Target target, Tally tally) throws InterruptedException {
        long before = -1;
        while (before < tally.files()) {
            before = tally.files();
            try {
                worker.get(HANG.toSeconds(), TimeUnit.SECONDS);
                return;
            } catch (TimeoutException goesOn) {
                // Only when no file was finished meanwhile it hangs.
            } catch (ExecutionException failure) {
                throw new IllegalStateException(target.word() + ": " + failure.getCause(), failure);
            }
        }
        throw new IllegalStateException(
                target.word() + ": nothing was read in " + HANG.toSeconds() + " s, after " + before + " files");
    }
}
