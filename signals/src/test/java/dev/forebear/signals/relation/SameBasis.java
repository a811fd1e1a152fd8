package dev.forebear.signals.relation;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.List;

/**
 * Relatives in one basis, compared by which unit is most like which and nothing else, which is all that parents need.
 */
final class SameBasis {

    private static final Evidence EVIDENCE = new Evidence("rows", "of the test", 1, 0, 1, -300, -300, "none");

    private SameBasis() {}

    /** @param sharedFunction small where a shared initialisation is all that the two have in common */
    static Relative relative(ModelWeights base, ModelWeights derived, double sharedFunction) throws IOException {
        double[][] similarity = new double[base.units().size()][derived.units().size()];
        double[][] z = new double[similarity.length][derived.units().size()];
        for (Unit first : base.units()) {
            for (Unit second : derived.units()) {
                double cosine = meanCosine(base.stored(first, Projection.UP), derived.stored(second, Projection.UP));
                similarity[first.index()][second.index()] = cosine;
                z[first.index()][second.index()] = 60 * cosine;
            }
        }
        LayerMatrix layers = new LayerMatrix(z, similarity, layers(base), layers(derived));
        Compared compared = new Compared(List.of(EVIDENCE), -300, -300, 1, sharedFunction, false, List.of());
        return new Relative(
                base,
                new CheckpointComparison(compared, layers, null, null, true, List.of(), List.of(), List.of(), null));
    }

    private static double meanCosine(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            sum += a[i].length == b[i].length ? Rows.cosine(a[i], b[i]) / a.length : 0;
        }
        return sum;
    }

    private static int[] layers(ModelWeights model) {
        return model.units().stream().mapToInt(unit -> unit.layer().index()).toArray();
    }
}
