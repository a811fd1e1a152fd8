package dev.forebear.signals.relation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Rank correlation. */
final class Ranks {

    private Ranks() {}

    /** Spearman's correlation of values with their own index; ties share their mean rank; 0 when all are equal. */
    static double correlation(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        double middle = (values.length - 1) / 2.0;
        double product = 0;
        double squares = 0;
        double indexSquares = 0;
        for (int i = 0; i < ranks.length; i++) {
            product += (ranks[i] - middle) * (i - middle);
            squares += (ranks[i] - middle) * (ranks[i] - middle);
            indexSquares += (i - middle) * (i - middle);
        }
        return squares > 0 ? product / Math.sqrt(squares * indexSquares) : 0;
    }
}
