package dev.forebear.signals.relation;

import dev.forebear.signals.relation.RelatedPair.UnitPair;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether someone multiplied rows of one projection and divided the columns of the next that they meet by the same
 * numbers, which changes no output: how the norms of both changed, unit by unit. Training moves both a little and
 * without regard to each other; rescaling moves both much, and their product not at all.
 *
 * @param single standard deviation of the log ratio of row norms, mean of all layers
 * @param product standard deviation of the log ratio of the products of row and column norms
 * @param before standard deviation of log row norm minus log column norm in the base
 * @param after the same in the derived model
 */
record NormRatios(double single, double product, double before, double after) {

    /** Standard deviation of log ratios that training does not reach. */
    private static final double LARGE = 0.25;

    /** Share of it that is left of the products when they were kept on purpose. */
    private static final double KEPT = 0.25;

    /** Of up rows and down columns, or else of value rows and output columns, where they were rescaled. */
    static Optional<NormRatios> rescaled(RelatedPair pair) throws IOException {
        NormRatios neurons = between(pair, NormRatios::neurons);
        NormRatios found = neurons.rescaled() ? neurons : between(pair, NormRatios::values);
        return found.rescaled() ? Optional.of(found) : Optional.empty();
    }

    private boolean rescaled() {
        return single >= LARGE && product <= KEPT * single;
    }

    /** The rule on rescaled models. */
    static Optional<Named> of(RelatedPair pair) throws IOException {
        return rescaled(pair)
                .map(found -> new Named(
                        RelationKind.LAUNDERED,
                        String.format(
                                Locale.ROOT,
                                "rows rescaled, columns by the inverse: log norm ratios deviate by %.2f, those of"
                                        + " products by %.2f",
                                found.single,
                                found.product)));
    }

    boolean derivedScattersMore() {
        return after > before;
    }

    /** Row norms and the norms of the columns that they meet, as logarithms. */
    private record Norms(double[] rows, double[] columns) {}

    @FunctionalInterface
    private interface Measure {
        Norms of(ModelWeights model, Unit unit) throws IOException;
    }

    private static NormRatios between(RelatedPair pair, Measure measure) throws IOException {
        List<Double> singles = new ArrayList<>();
        List<Double> products = new ArrayList<>();
        List<Double> scattersBefore = new ArrayList<>();
        List<Double> scattersAfter = new ArrayList<>();
        for (UnitPair units : pair.units()) {
            Norms before = measure.of(pair.base(), units.base());
            Norms after = measure.of(pair.derived(), units.derived());
            int count = before.rows.length;
            if (count > 1 && count == after.rows.length) {
                double[] rows = differences(after.rows, before.rows);
                double[] columns = differences(before.columns, after.columns);
                singles.add(deviation(rows));
                products.add(deviation(differences(rows, columns)));
                scattersBefore.add(deviation(differences(before.rows, before.columns)));
                scattersAfter.add(deviation(differences(after.rows, after.columns)));
            }
        }
        return new NormRatios(mean(singles), mean(products), mean(scattersBefore), mean(scattersAfter));
    }

    private static Norms neurons(ModelWeights model, Unit unit) throws IOException {
        double[] rows = logNorms(model.folded(unit, Projection.UP));
        double[][] down = model.stored(unit, Projection.DOWN);
        int[] neurons = model.positions(unit, Projection.UP);
        double[] columns = Arrays.stream(neurons)
                .mapToDouble(neuron -> columnNorm(down, neuron))
                .toArray();
        return new Norms(rows, logs(columns));
    }

    /** Every value row meets one column of the output projection in each of the query heads that share its head. */
    private static Norms values(ModelWeights model, Unit unit) throws IOException {
        double[][] output = model.stored(unit, Projection.OUTPUT);
        if (output.length == 0) {
            return new Norms(new double[0], new double[0]);
        }
        int size = model.transformer().headSize();
        int group = model.transformer().attentionHeads() / model.transformer().keyValueHeads();
        int[] values = model.positions(unit, Projection.VALUE);
        double[] columns = new double[values.length];
        for (int i = 0; i < columns.length; i++) {
            double squares = 0;
            for (int head = 0; head < group; head++) {
                double norm = columnNorm(output, (values[i] / size * group + head) * size + values[i] % size);
                squares += norm * norm;
            }
            columns[i] = Math.sqrt(squares);
        }
        return new Norms(logNorms(model.folded(unit, Projection.VALUE)), logs(columns));
    }

    private static double columnNorm(double[][] rows, int column) {
        double squares = 0;
        for (double[] row : rows) {
            squares += column < row.length ? row[column] * row[column] : 0;
        }
        return Math.sqrt(squares);
    }

    private static double[] logNorms(double[][] rows) {
        return logs(Arrays.stream(rows).mapToDouble(Rows::norm).toArray());
    }

    private static double[] logs(double[] norms) {
        return Arrays.stream(norms).map(norm -> Math.log(norm + 1e-30)).toArray();
    }

    private static double[] differences(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
