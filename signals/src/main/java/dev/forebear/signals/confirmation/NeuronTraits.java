package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.SortedRanks;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Key;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scalars of the neurons of every unit that do not change when the residual stream is rotated. With a gate: norm of the
 * gate row, absolute cosine of gate and up row, norm of the up row. Without: norm of the up row, bias of up with the
 * norm's bias folded in.
 *
 * @param units traits × neurons for every unit
 */
record NeuronTraits(List<double[][]> units) {

    private record TraitsOf(List<Integer> neurons) implements Key<NeuronTraits> {}

    /** @param neurons positions that are read */
    static NeuronTraits of(ModelWeights model, int[] neurons) throws IOException {
        return model.once(new TraitsOf(Arrays.stream(neurons).boxed().toList()), () -> read(model, neurons));
    }

    private static NeuronTraits read(ModelWeights model, int[] neurons) throws IOException {
        List<double[][]> units = new ArrayList<>();
        for (Unit unit : model.units()) {
            double[][] up = RowsOfUnit.at(model, unit, Projection.UP, neurons);
            double[][] gate = RowsOfUnit.at(model, unit, Projection.GATE, neurons);
            units.add(
                    gate.length == 0
                            ? new double[][] {norms(up), foldedBias(model, unit, neurons)}
                            : new double[][] {norms(gate), cosines(gate, up), norms(up)});
        }
        return new NeuronTraits(List.copyOf(units));
    }

    /** Unit vectors of the centred ranks of the chosen neurons (traits × chosen); zeros where all are equal. */
    double[][] ranks(int unit, int[] chosen) {
        double[][] traits = units.get(unit);
        double[][] ranks = new double[traits.length][];
        for (int i = 0; i < ranks.length; i++) {
            double[] trait = traits[i];
            ranks[i] = SortedRanks.of(
                    Arrays.stream(chosen).mapToDouble(at -> trait[at]).toArray());
            for (int j = 0; j < chosen.length; j++) {
                ranks[i][j] -= (chosen.length - 1) / 2.0;
            }
        }
        Rows.normalise(ranks);
        return ranks;
    }

    /** Rank correlation of the first trait with the index, summed over the units and standardised. */
    double trend() {
        double sum = 0;
        for (double[][] unit : units) {
            int neurons = unit[0].length;
            double[] index = new double[neurons];
            for (int i = 0; i < neurons; i++) {
                index[i] = i - (neurons - 1) / 2.0;
            }
            double[] ranks = SortedRanks.of(unit[0]);
            for (int i = 0; i < neurons; i++) {
                ranks[i] -= (neurons - 1) / 2.0;
            }
            sum += Rows.cosine(index, ranks) * Math.sqrt(neurons - 1.0);
        }
        return sum / Math.sqrt(Math.max(1, units.size()));
    }

    private static double[] norms(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(Rows::norm).toArray();
    }

    private static double[] cosines(double[][] gate, double[][] up) {
        double[] cosines = new double[up.length];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = Math.abs(Rows.cosine(gate[i], up[i]));
        }
        return cosines;
    }

    /** Bias of up plus up times the bias of the norm before it; zeros without a bias. */
    private static double[] foldedBias(ModelWeights model, Unit unit, int[] neurons) throws IOException {
        double[] bias = model.vector(unit.mlp().upBias());
        double[] folded = new double[neurons.length];
        if (bias == null) {
            return folded;
        }
        double[] shift = model.normsFollow() ? null : model.vector(unit.layer().mlpNormBias());
        double[][] up = model.stored(unit, Projection.UP);
        int[] positions = model.positions(unit, Projection.UP);
        for (int i = 0; i < folded.length; i++) {
            double[] row = up[Arrays.binarySearch(positions, neurons[i])];
            folded[i] = bias[neurons[i]] + (shift == null ? 0 : Rows.dot(row, shift));
        }
        return folded;
    }
}
