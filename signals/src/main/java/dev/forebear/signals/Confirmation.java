package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.checkpoint.plan.ReadStep;
import dev.forebear.signals.confirmation.ComparisonSteps;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@link CheckpointComparison} costs. */
public final class Confirmation {

    private Confirmation() {}

    /**
     * What a comparison head to head reads of this one of the two, when the other one has its shape and vocabulary and
     * no statistic finds anything, so that all are tried. Reads no weights.
     *
     * @throws dev.forebear.checkpoint.CheckpointException UNSUPPORTED when the tensors are not recognised
     * @throws IOException if the storage could not be reached
     */
    public static ReadPlan plan(Checkpoint checkpoint) throws IOException {
        List<ReadStep> steps = new ArrayList<>();
        steps.add(new ReadStep("weights digest", () -> WeightsDigest.of(checkpoint)));
        // The second stands for a model whose weights, like those of the first, are all zero while reading is planned.
        steps.addAll(ComparisonSteps.of(ModelWeights.of(checkpoint), ModelWeights.of(checkpoint)));
        return ReadPlan.of(steps);
    }
}
