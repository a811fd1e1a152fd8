package dev.forebear.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.BatchJoin.Reference;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Holds every model of a large registry against all of it, as a replay does: of every model what is known now, and of a
 * part of them what was known when it was uploaded. Making the fingerprints is not measured.
 */
final class JoinBenchmark {

    private static final int BATCH = 4_000;
    private static final double NANOSECONDS = 1e9;
    private static final double MEBIBYTE = 1 << 20;

    private final int models;
    private final GeneratedFingerprints registry;
    private final PrintStream out;

    /** @param largestShare percentage of all that descends from one base */
    JoinBenchmark(int models, int largestShare, PrintStream out) {
        this.models = models;
        this.registry = new GeneratedFingerprints(largestShare);
        this.out = out;
    }

    void print() {
        double before = usedMebibytes();
        long start = System.nanoTime();
        var join = BatchJoin.of(IntStream.range(0, models)
                .parallel()
                .mapToObj(number -> new Reference(registry.model(number), registry.knownSince(number), List.of())));
        out.printf(
                Locale.ROOT,
                "%,d references: %.0f MiB of %.0f MiB of heap, made and laid out in %.1f s%n%n",
                join.size(),
                usedMebibytes() - before,
                Runtime.getRuntime().maxMemory() / MEBIBYTE,
                (System.nanoTime() - start) / NANOSECONDS);
        out.printf(
                "%-36s %9s %9s %12s %12s %9s %9s%n",
                "", "questions", "s", "processor, s", "M pairs/s", "matches", "pending");
        measure(join, "warming up", models / 25, 2, false);
        measure(join, "as of now, 1 thread, a twentieth", models / 20, 1, false);
        measure(join, "as of upload, 2 threads", models, 2, true);
        measure(join, "as of now, 2 threads", models, 2, false);
    }

    private void measure(BatchJoin join, String what, int questions, int threads, boolean asOfUpload) {
        double seconds = 0;
        double processor = 0;
        long pairs = 0;
        long matches = 0;
        long pending = 0;
        var inTurn = join.inTurn();
        int step = models / Math.max(1, questions);
        for (int from = 0; from < questions; from += BATCH) {
            var batch = IntStream.range(from, Math.min(from + BATCH, questions))
                    .mapToObj(number -> question(number * step, asOfUpload))
                    .toList();
            long start = System.nanoTime();
            long processorStart = processorNanoseconds();
            var answers = inTurn.answer(batch, threads, registry.knownSince(models));
            seconds += (System.nanoTime() - start) / NANOSECONDS;
            processor += (processorNanoseconds() - processorStart) / NANOSECONDS;
            for (var answer : answers) {
                pairs += answer.report().getComparedModels();
                matches += answer.report().getMatches().size();
                pending += answer.worthConfirming().isEmpty() ? 0 : 1;
            }
        }
        out.printf(
                Locale.ROOT,
                "%-36s %,9d %9.1f %12.1f %12.1f %,9d %,9d%n",
                what,
                questions,
                seconds,
                processor,
                pairs / seconds / 1e6,
                matches,
                pending);
    }

    private Question question(int number, boolean asOfUpload) {
        var model = registry.model(number);
        return new Question(
                model,
                List.of(),
                asOfUpload ? registry.knownSince(number) : null,
                model.getModelVersionId() + "#replay");
    }

    private static long processorNanoseconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static double usedMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
    }
}
