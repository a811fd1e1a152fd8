package dev.forebear.cli.compare;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.confirmation.WeightComparison;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.peer.PeerComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is told of two checkpoints.
 *
 * @param evidence decides
 * @param peer is reported and never decides
 * @param registrySize number of models that the E-value is stated for
 * @param descent what was done, if one was made from the other; null unless they share trained weights
 */
record HeadToHead(
        Side a,
        Side b,
        CheckpointComparison evidence,
        PeerComparison peer,
        Judgement judgement,
        long registrySize,
        @Nullable Descent descent) {

    static HeadToHead of(Checkpoint first, Checkpoint second, long registrySize, Console console) throws IOException {
        Side a = Side.of(first);
        Side b = Side.of(second);
        CheckpointComparison evidence;
        Judgement judgement;
        Descent descent = null;
        try (Progress progress =
                console.progress("Comparing sampled rows", () -> read(first, second), Progress.UNKNOWN)) {
            ModelWeights weightsOfA = ModelWeights.of(first);
            ModelWeights weightsOfB = ModelWeights.of(second);
            evidence = CheckpointComparison.between(weightsOfA, weightsOfB);
            judgement = evidence.judge(registrySize);
            if (judgement.verdict() == Verdict.DERIVED || judgement.verdict() == Verdict.SAME_WEIGHTS) {
                descent = Descent.of(weightsOfA, a.nameBeside(b), weightsOfB, b.nameBeside(a), evidence);
            }
        }
        PeerComparison peer;
        long before = read(first, second);
        try (Progress progress =
                console.progress("Reading all weights", () -> read(first, second) - before, a.bytes() + b.bytes())) {
            peer = PeerComparison.between(first, second);
        }
        return new HeadToHead(a, b, evidence, peer, judgement, registrySize, descent);
    }

    Compared compared() {
        return evidence.compared();
    }

    /** Statistics that could not be computed, then what is wrong in the weights. */
    List<String> notCompared() {
        return Stream.concat(evidence.notComparable().stream(), evidence.findings().stream())
                .toList();
    }

    VerdictWords words() {
        return new VerdictWords(judgement.verdict(), a.nameBeside(b), b.nameBeside(a));
    }

    static boolean decides(Evidence evidence) {
        return WeightComparison.decides(evidence);
    }

    private static long read(Checkpoint first, Checkpoint second) {
        return first.totals().bytes() + second.totals().bytes();
    }
}
