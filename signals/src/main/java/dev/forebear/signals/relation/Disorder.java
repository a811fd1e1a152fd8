package dev.forebear.signals.relation;

import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whether stored weights of two relatives cannot be subtracted from each other although they correspond: rows or
 * columns were multiplied by factors of their own that another tensor takes back, or some projections were reordered
 * and others were not. What the model computes stays, and distances mean nothing.
 */
final class Disorder {

    /** Standard deviation of the logarithms of the factors, which training does not reach. */
    private static final double RESCALED = 0.25;

    /** Cosine of a projection with its counterpart. Independent models stay near 0. */
    private static final double STRANGE = 0.1;

    private static final double ALIKE = 0.5;

    private Disorder() {}

    private record Change(double cosine, double deviation) {}

    static boolean between(MappedRows rows, int relative) throws IOException {
        Map<Projection, List<Change>> changes = new EnumMap<>(Projection.class);
        for (int block = 0; block < rows.blocks(); block++) {
            double[][] other = rows.relative(relative, block);
            if (other != null) {
                changes.computeIfAbsent(rows.projection(block), key -> new ArrayList<>())
                        .add(change(rows.derived(block), other));
            }
        }
        List<Change> means = changes.values().stream().map(Disorder::mean).toList();
        boolean rescaled = means.stream().anyMatch(mean -> mean.deviation >= RESCALED && mean.cosine >= ALIKE);
        boolean reordered = means.stream().anyMatch(mean -> mean.cosine < STRANGE)
                && means.stream().anyMatch(mean -> mean.cosine >= ALIKE);
        return rescaled || reordered;
    }

    /** Whether the rows of a relative are more like those of the derived model than a stranger's. */
    static boolean alike(CommonRows rows, int relative) throws IOException {
        double sum = 0;
        int count = 0;
        for (int block = 0; block < rows.blocks(); block++) {
            double[][] other = rows.relative(relative, block);
            if (other != null) {
                sum += cosine(rows.derived(block), other);
                count++;
            }
        }
        return sum > STRANGE * count;
    }

    private static Change change(double[][] derived, double[][] other) {
        return new Change(
                cosine(derived, other),
                Math.max(
                        deviation(rowNorms(derived), rowNorms(other)),
                        deviation(columnNorms(derived), columnNorms(other))));
    }

    private static double cosine(double[][] derived, double[][] other) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int row = 0; row < derived.length; row++) {
            product += Rows.dot(derived[row], other[row]);
            squares += Rows.dot(derived[row], derived[row]);
            otherSquares += Rows.dot(other[row], other[row]);
        }
        double norms = Math.sqrt(squares * otherSquares);
        return norms > 0 ? product / norms : 1;
    }

    private static Change mean(List<Change> changes) {
        double cosine = 0;
        double deviation = 0;
        for (Change change : changes) {
            cosine += change.cosine / changes.size();
            deviation += change.deviation / changes.size();
        }
        return new Change(cosine, deviation);
    }

    private static double deviation(double[] first, double[] second) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] > 0 && second[i] > 0) {
                double factor = Math.log(first[i] / second[i]);
                sum += factor;
                squares += factor * factor;
                count++;
            }
        }
        return count > 1 ? Math.sqrt(Math.max(0, squares / count - sum * sum / count / count)) : 0;
    }

    private static double[] rowNorms(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(Rows::norm).toArray();
    }

    private static double[] columnNorms(double[][] rows) {
        double[] squares = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                squares[i] += row[i] * row[i];
            }
        }
        return Arrays.stream(squares).map(Math::sqrt).toArray();
    }
}
