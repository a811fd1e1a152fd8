package dev.forebear.signals.evidence;

import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.evidence.RowSample.Unit;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The same-index row test: whether row i of a projection of one model is more like row i than like the other rows of
 * the other model. Every layer of one is held against every layer of the other. Gate and up rows share one numbering,
 * so their similarities are added before they are standardised; value rows can be exchanged only inside their head.
 */
final class RowTest {

    private static final String ASSUMPTION =
            "neurons of independently trained models are numbered in no common order; sums over rows are normal";

    private final List<Unit> first;
    private final List<Unit> second;
    private final int exchangeable;
    private final double[][] z;
    private final double[][] similarity;
    private double log10FixedPoints;

    private RowTest(List<Unit> first, List<Unit> second, int exchangeable) {
        this.first = first;
        this.second = second;
        this.exchangeable = exchangeable;
        this.z = new double[first.size()][second.size()];
        this.similarity = new double[first.size()][second.size()];
    }

    /** @param exchangeable rows of value that share a head, so that they may be exchanged with each other */
    static RowTest of(RowSample a, RowSample b, int exchangeable) {
        RowTest test = new RowTest(a.units(), b.units(), exchangeable);
        for (int i = 0; i < test.first.size(); i++) {
            for (int j = 0; j < test.second.size(); j++) {
                test.compare(i, j);
            }
        }
        return test;
    }

    /** Every pair of layers. */
    LayerMatrix matrix() {
        return new LayerMatrix(
                z,
                similarity,
                first.stream().mapToInt(Unit::layer).toArray(),
                second.stream().mapToInt(Unit::layer).toArray());
    }

    /** The best pair of layers; empty without any. */
    Optional<Evidence> evidence() {
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        int[] best = best();
        double largest = z[best[0]][best[1]];
        double value = similarity[best[0]][best[1]];
        long pairs = (long) first.size() * second.size();
        return Optional.of(new Evidence(
                "same-index-rows",
                "mean cosine of rows of the same number, best pair of layers",
                value,
                0,
                largest != 0 ? value / largest : 0,
                Chance.log10AnyOf(pairs, Chance.log10NormalTail(largest)),
                Chance.log10AnyOf(2 * pairs, log10FixedPoints),
                ASSUMPTION));
    }

    /** Indices of the pair of units with the largest z. */
    int[] best() {
        int[] best = {0, 0};
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z[i].length; j++) {
                if (z[i][j] > z[best[0]][best[1]]) {
                    best = new int[] {i, j};
                }
            }
        }
        return best;
    }

    private void compare(int i, int j) {
        Unit a = first.get(i);
        Unit b = second.get(j);
        double excess = 0;
        double variance = 0;
        int rows = 0;
        if ((a.gate() == null) == (b.gate() == null)) {
            double[][] up = Rows.timesTransposed(a.up(), b.up());
            addFixedPoints(up);
            rows += up.length;
            if (a.gate() != null && b.gate() != null) {
                double[][] gate = Rows.timesTransposed(a.gate(), b.gate());
                addFixedPoints(gate);
                rows += gate.length;
                for (int row = 0; row < up.length; row++) {
                    Rows.add(gate[row], 1, up[row]);
                }
            }
            RowAgreement agreement = RowAgreement.of(up);
            excess += agreement.excess();
            variance += agreement.variance();
        }
        if (a.value() != null && b.value() != null) {
            for (int head = 0; head + exchangeable <= a.value().length; head += exchangeable) {
                RowAgreement agreement = RowAgreement.of(Rows.timesTransposed(
                        Arrays.copyOfRange(a.value(), head, head + exchangeable),
                        Arrays.copyOfRange(b.value(), head, head + exchangeable)));
                excess += agreement.excess();
                variance += agreement.variance();
                rows += exchangeable;
            }
        }
        z[i][j] = variance > 0 ? excess / Math.sqrt(variance) : 0;
        similarity[i][j] = rows > 0 ? excess / rows : 0;
    }

    private void addFixedPoints(double[][] similarities) {
        int fixed = RowAgreement.of(similarities).fixedPoints();
        log10FixedPoints = Math.min(log10FixedPoints, Chance.log10FixedPoints(fixed));
    }
}
