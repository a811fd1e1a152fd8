package dev.forebear.signals.laundered;

import dev.forebear.signals.statistics.MatrixProduct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the rotation that takes the neurons of one MLP to those of another, both of unknown order: pairs neurons whose
 * traits are nearest in both directions, turns one model onto the other so that these fit best, pairs anew by
 * direction, and so on (iterative closest points). Independent neurons pair up too, but the rotation then fits nothing
 * else.
 */
final class NeuronRegistration {

    private static final int ITERATIONS = 25;
    private static final int FEWEST = 16;

    /** A neuron and its counterpart; more weight is surer. */
    private record Match(int first, int second, double weight) {}

    private final NeuronShapes a;
    private final NeuronShapes b;

    NeuronRegistration(NeuronShapes a, NeuronShapes b) {
        this.a = a;
        this.b = b;
    }

    /** Tells after some iterations whether going on is worth it. */
    interface Promise {
        boolean of(double[][] rotation);
    }

    /**
     * Q with x·Q in the coordinates of the second for x in those of the first (hidden size × hidden size).
     *
     * @param promise asked once
     */
    double[][] rotation(Promise promise) {
        double[][] rotation = procrustes(byTraits());
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            List<Match> matches = byDirections(rotation);
            if (iteration < ITERATIONS / 2) {
                matches = better(matches, matches.size() - matches.size() / 2);
            }
            rotation = procrustes(matches);
            if (iteration == ITERATIONS / 3 && !promise.of(rotation)) {
                return rotation;
            }
        }
        return rotation;
    }

    private List<Match> byTraits() {
        int traits = Math.min(a.traits()[0].length, b.traits()[0].length);
        double[][] x = standardised(a.traits(), traits);
        double[][] y = standardised(b.traits(), traits);
        double[][] nearness = new double[x.length][y.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                double distance = 0;
                for (int k = 0; k < traits; k++) {
                    distance += (x[i][k] - y[j][k]) * (x[i][k] - y[j][k]);
                }
                nearness[i][j] = -distance;
            }
        }
        List<Match> matches = new ArrayList<>();
        for (Match match : mutual(nearness)) {
            double second = secondLargest(nearness[match.first()]);
            matches.add(new Match(match.first(), match.second(), second / (match.weight() - 1e-12)));
        }
        return better(matches, Math.max(FEWEST, matches.size() / 2));
    }

    private List<Match> byDirections(double[][] rotation) {
        double[][] cosines = new double[a.traits().length][b.traits().length];
        for (int kind = 0; kind < a.directions().size(); kind++) {
            double[][] turned = MatrixProduct.of(a.directions().get(kind), rotation);
            MatrixProduct.add(turned, MatrixProduct.transposed(b.directions().get(kind)), 0, cosines);
        }
        return mutual(cosines);
    }

    private double[][] procrustes(List<Match> matches) {
        int kinds = a.directions().size();
        double[][] x = new double[matches.size() * kinds][];
        double[][] y = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            Match match = matches.get(i / kinds);
            x[i] = a.directions().get(i % kinds)[match.first()];
            y[i] = b.directions().get(i % kinds)[match.second()];
        }
        return PolarFactor.of(MatrixProduct.ofTransposed(x, y));
    }

    /** Pairs that are each other's nearest. */
    private static List<Match> mutual(double[][] nearness) {
        int[] back = new int[nearness[0].length];
        int[] forth = new int[nearness.length];
        for (int i = 0; i < forth.length; i++) {
            for (int j = 0; j < back.length; j++) {
                forth[i] = nearness[i][j] > nearness[i][forth[i]] ? j : forth[i];
                back[j] = nearness[i][j] > nearness[back[j]][j] ? i : back[j];
            }
        }
        List<Match> matches = new ArrayList<>();
        for (int i = 0; i < forth.length; i++) {
            if (back[forth[i]] == i) {
                matches.add(new Match(i, forth[i], nearness[i][forth[i]]));
            }
        }
        return matches;
    }

    private static List<Match> better(List<Match> matches, int count) {
        return matches.stream()
                .sorted(Comparator.comparingDouble(Match::weight).reversed())
                .limit(count)
                .toList();
    }

    private static double secondLargest(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            second = Math.max(second, Math.min(value, largest));
            largest = Math.max(largest, value);
        }
        return second;
    }

    /** Minus the median of every trait, over its deviation. */
    private static double[][] standardised(double[][] rows, int traits) {
        double[][] columns = Arrays.copyOf(MatrixProduct.transposed(rows), traits);
        for (double[] column : columns) {
            double[] sorted = column.clone();
            Arrays.sort(sorted);
            double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
            double mean = Arrays.stream(column).average().orElse(0);
            double variance = Arrays.stream(column)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            Arrays.setAll(column, i -> (column[i] - median) / (Math.sqrt(variance) + 1e-9));
        }
        return MatrixProduct.transposed(columns);
    }
}
