package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.Collection;

/**
 * Sums over the values that a tensor of the base and the one that came from it have at the same place.
 *
 * @param values how many
 * @param equal how many are equal
 * @param cleared how many are zero in the derived model alone
 * @param filled how many are zero in the base alone
 * @param product sum of products
 * @param baseSquares sum of squares of the base
 * @param derivedSquares sum of squares of the derived model
 * @param changeSquares sum of squares of the differences
 */
record TensorChange(
        long values,
        long equal,
        long cleared,
        long filled,
        double product,
        double baseSquares,
        double derivedSquares,
        double changeSquares) {

    static TensorChange of(MappedTensor tensor) throws IOException {
        double[][] base = tensor.base();
        double[][] derived = tensor.derived();
        long values = 0;
        long equal = 0;
        long cleared = 0;
        long filled = 0;
        double product = 0;
        double baseSquares = 0;
        double derivedSquares = 0;
        double changeSquares = 0;
        for (int i = 0; i < base.length; i++) {
            double[] before = base[i];
            double[] after = derived[i];
            values += before.length;
            for (int j = 0; j < before.length; j++) {
                double change = after[j] - before[j];
                equal += change == 0 ? 1 : 0;
                cleared += after[j] == 0 && before[j] != 0 ? 1 : 0;
                filled += before[j] == 0 && after[j] != 0 ? 1 : 0;
                product += before[j] * after[j];
                baseSquares += before[j] * before[j];
                derivedSquares += after[j] * after[j];
                changeSquares += change * change;
            }
        }
        return new TensorChange(values, equal, cleared, filled, product, baseSquares, derivedSquares, changeSquares);
    }

    static TensorChange sum(Collection<TensorChange> changes) {
        long values = 0;
        long equal = 0;
        long cleared = 0;
        long filled = 0;
        double product = 0;
        double baseSquares = 0;
        double derivedSquares = 0;
        double changeSquares = 0;
        for (TensorChange change : changes) {
            values += change.values;
            equal += change.equal;
            cleared += change.cleared;
            filled += change.filled;
            product += change.product;
            baseSquares += change.baseSquares;
            derivedSquares += change.derivedSquares;
            changeSquares += change.changeSquares;
        }
        return new TensorChange(values, equal, cleared, filled, product, baseSquares, derivedSquares, changeSquares);
    }

    /** Cosine, -1 to 1; 0 when either is zero. */
    double similarity() {
        double norms = Math.sqrt(baseSquares * derivedSquares);
        return norms > 0 ? product / norms : 0;
    }

    /** Norm of the change over that of the base; NaN when the base is zero. */
    double relativeChange() {
        return Math.sqrt(changeSquares / baseSquares);
    }

    /** 0 to 1; 1 when there are no values. */
    double shareEqual() {
        return values == 0 ? 1 : (double) equal / values;
    }

    boolean unchanged() {
        return equal == values;
    }

    /** Growth of the squared norm over the squared norm of the change; NaN when nothing changed. */
    double normGrowth() {
        return (derivedSquares - baseSquares) / changeSquares;
    }
}
