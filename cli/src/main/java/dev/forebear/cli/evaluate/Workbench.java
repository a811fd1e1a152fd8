package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.OpenModel.Readable;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one core works with: weights are not safe for use by several threads, so each core reads its own, which are
 * given up when memory runs short.
 */
final class Workbench {

    private final List<OpenModel> models;
    private final Map<Integer, ModelWeights> weights = new HashMap<>();

    Workbench(List<OpenModel> models) {
        this.models = models;
    }

    /** The verdict on two readable models. */
    PairOutcome compare(int earlier, int later) {
        try {
            CheckpointComparison compared = CheckpointComparison.between(weights(earlier), weights(later));
            return Judging.outcome(earlier, later, compared, compared.judge(models.size()));
        } catch (IOException unreadable) {
            return new NotCompared(earlier, later, Reasons.of(unreadable));
        } catch (RuntimeException fault) {
            return new NotCompared(earlier, later, Reasons.of(fault));
        }
    }

    private ModelWeights weights(int model) throws IOException {
        ModelWeights known = weights.get(model);
        if (known == null) {
            if (!(models.get(model) instanceof Readable readable)) {
                throw new IllegalArgumentException("model " + model + " cannot be read");
            }
            known = ModelWeights.of(readable.checkpoint());
            weights.put(model, known);
        }
        return known;
    }
}
