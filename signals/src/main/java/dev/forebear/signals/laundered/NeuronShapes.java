package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The neurons of one MLP as anybody sees them who knows neither their order nor the coordinates of the residual stream.
 *
 * @param traits neurons × traits: norms, up and down together where a gate leaves them only their product, and the
 *     angles between gate, up and down; without a gate the bias
 * @param directions for gate, up and down, each neurons × hidden size, of unit length and with the sign that does not
 *     hang on how up and down share theirs
 */
record NeuronShapes(double[][] traits, List<double[][]> directions) {

    /** Of more neurons those with the longest gate, or up, which are the same ones in a laundered copy. */
    private static final int MOST = 2_048;

    private static final int FEWEST = 32;
    private static final double TINY = 1e-9;

    static NeuronShapes of(ModelWeights weights, Unit unit) throws IOException {
        ResidualRows rows = new ResidualRows(weights);
        double[][] gate = rows.reading(unit, Projection.GATE);
        double[][] up = rows.reading(unit, Projection.UP);
        double[][] down = rows.writing(unit, Projection.DOWN);
        double[] bias = bias(weights, unit, up.length);
        int[] chosen = longest(gate.length > 0 ? gate : up);
        return gate.length > 0
                ? gated(chosen(gate, chosen), chosen(up, chosen), chosen(down, chosen))
                : ungated(chosen(up, chosen), chosen(down, chosen), bias, chosen);
    }

    /** Whether there are too few neurons, or none that is more than zeros. */
    boolean isEmpty() {
        return traits.length < FEWEST
                || directions.stream().anyMatch(rows -> Arrays.stream(rows).allMatch(Rows::isZero));
    }

    private static NeuronShapes gated(double[][] gate, double[][] up, double[][] down) {
        double[][] traits = new double[gate.length][];
        for (int i = 0; i < traits.length; i++) {
            double gateAndUp = Rows.cosine(gate[i], up[i]);
            double sign = gateAndUp < 0 ? -1 : 1;
            traits[i] = new double[] {
                log(gate[i]),
                log(up[i]) + log(down[i]),
                Rows.cosine(up[i], down[i]),
                Math.abs(gateAndUp),
                sign * Rows.cosine(gate[i], down[i])
            };
            double[] upRow = up[i];
            double[] downRow = down[i];
            Arrays.setAll(upRow, k -> sign * upRow[k]);
            Arrays.setAll(downRow, k -> sign * downRow[k]);
        }
        return normalised(traits, List.of(gate, up, down));
    }

    private static NeuronShapes ungated(double[][] up, double[][] down, double[] bias, int[] chosen) {
        double[][] traits = new double[up.length][];
        for (int i = 0; i < traits.length; i++) {
            traits[i] = new double[] {log(up[i]), log(down[i]), Rows.cosine(up[i], down[i]), bias[chosen[i]]};
        }
        return normalised(traits, List.of(up, down));
    }

    private static NeuronShapes normalised(double[][] traits, List<double[][]> directions) {
        directions.forEach(Rows::normalise);
        return new NeuronShapes(traits, directions);
    }

    private static double log(double[] row) {
        return Math.log(Rows.norm(row) + TINY);
    }

    /** Bias of up with that of the norm folded in; zeros without one, and of large models. */
    private static double[] bias(ModelWeights weights, Unit unit, int neurons) throws IOException {
        WeightVector stored = unit.mlp().upBias();
        double[] bias = weights.vector(stored);
        if (bias == null || !weights.whole()) {
            return new double[neurons];
        }
        double[] shift = weights.vector(unit.layer().mlpNormBias());
        double[][] up = weights.stored(unit, Projection.UP);
        for (int i = 0; i < bias.length && shift != null && !weights.normsFollow(); i++) {
            bias[i] += Rows.dot(up[i], shift);
        }
        return bias;
    }

    private static int[] longest(double[][] rows) {
        return IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> Rows.norm(rows[i]))
                        .reversed())
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[][] chosen(double[][] rows, int[] chosen) {
        return Arrays.stream(chosen).mapToObj(i -> rows[i].clone()).toArray(double[][]::new);
    }
}
