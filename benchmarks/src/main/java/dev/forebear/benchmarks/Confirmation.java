package dev.forebear.benchmarks;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;

/**
 * What comparing two strangers of 7 billion parameters head to head costs, every statistic tried.
 *
 * @param megabytes read of both together
 * @param seconds from first to last, making the weights that are read included
 */
record Confirmation(double megabytes, double seconds) {

    static Confirmation measure() throws IOException {
        GeneratedModel a = GeneratedModel.ofSevenBillionParameters(1);
        GeneratedModel b = GeneratedModel.ofSevenBillionParameters(2);
        try (var first = Checkpoint.open(a);
                var second = Checkpoint.open(b)) {
            long start = System.nanoTime();
            CheckpointComparison.between(ModelWeights.of(first), ModelWeights.of(second));
            return new Confirmation((a.totals().bytes() + b.totals().bytes()) / 1e6, (System.nanoTime() - start) / 1e9);
        }
    }
}
