package dev.forebear.signals.confirmation;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Chance;
import java.util.Optional;

/**
 * The same-index row test: whether row i of a projection of one model is more like row i than like the other rows of
 * the other model. Every layer of one is held against every layer of the other, and all mapped layers together against
 * their counterparts.
 */
final class RowTest {

    private static final String ASSUMPTION =
            "neurons of independently trained models are numbered in no common order; sums over rows are normal";

    private final String signal;
    private final CommonRows rows;
    private final UnitAgreement agreement;
    private final Agreement[][] mlps;
    private final Agreement[][] values;

    private RowTest(String signal, CommonRows rows) {
        this.signal = signal;
        this.rows = rows;
        this.agreement = new UnitAgreement(rows.exchangeable());
        this.mlps = new Agreement[rows.first().size()][rows.second().size()];
        this.values = new Agreement[rows.first().size()][rows.second().size()];
    }

    static RowTest of(String signal, CommonRows rows) {
        RowTest test = new RowTest(signal, rows);
        for (int i = 0; i < test.mlps.length; i++) {
            for (int j = 0; j < test.mlps[i].length; j++) {
                RowsOfUnit a = rows.first().get(i);
                RowsOfUnit b = rows.second().get(j);
                test.mlps[i][j] = test.agreement.mlps(a, b, rows.sample());
                test.values[i][j] = test.agreement.values(a, b);
            }
        }
        return test;
    }

    /** Every pair of layers; NaN where two have nothing in common. */
    LayerMatrix matrix() {
        double[][] z = new double[mlps.length][];
        double[][] similarity = new double[mlps.length][];
        for (int i = 0; i < z.length; i++) {
            z[i] = new double[mlps[i].length];
            similarity[i] = new double[mlps[i].length];
            for (int j = 0; j < z[i].length; j++) {
                z[i][j] = both(i, j).z();
                similarity[i][j] = both(i, j).similarity();
            }
        }
        return new LayerMatrix(
                z,
                similarity,
                rows.first().stream().mapToInt(RowsOfUnit::layer).toArray(),
                rows.second().stream().mapToInt(RowsOfUnit::layer).toArray());
    }

    NullPValues mlpPValues() {
        return NullPValues.of("mlp-rows", mlps);
    }

    NullPValues valuePValues() {
        return NullPValues.of("value-rows", values);
    }

    /** The best pair of layers; empty when no two are comparable. */
    Optional<Evidence> bestPair() {
        int[] best = best();
        if (best.length == 0) {
            return Optional.empty();
        }
        Agreement found = both(best[0], best[1]);
        long pairs = (long) mlps.length * mlps[0].length;
        return Optional.of(new Evidence(
                signal,
                "mean cosine of rows of the same number, best pair of layers",
                found.similarity(),
                0,
                found.deviation(),
                Chance.log10AnyOf(pairs, Chance.log10NormalTail(found.z())),
                Chance.log10AnyOf(2 * pairs, agreement.log10FixedPoints()),
                ASSUMPTION));
    }

    /** All mapped layers and all rows together; empty when no two are comparable. */
    Optional<Evidence> sameLayers() {
        LayerMap map = LayerMap.of(rows, all());
        SameLayers found = SameLayers.of(rows, map);
        double log10PValue = Chance.log10NormalTail(found.agreement().z()) + map.log10Tried();
        double log10Bound = found.log10Bound() + map.log10Tried();
        return found.agreement().comparable()
                ? Optional.of(new Evidence(
                        signal,
                        "mean cosine of rows of the same number, layer by layer",
                        found.agreement().similarity(),
                        0,
                        found.agreement().deviation(),
                        Chance.log10AnyOf(1, log10PValue),
                        Chance.log10AnyOf(1, log10Bound),
                        ASSUMPTION))
                : Optional.empty();
    }

    /** Indices of the pair of units with the largest z; empty when no two are comparable. */
    int[] best() {
        int[] best = new int[0];
        for (int i = 0; i < mlps.length; i++) {
            for (int j = 0; j < mlps[i].length; j++) {
                if (both(i, j).comparable()
                        && (best.length == 0
                                || both(i, j).z() > both(best[0], best[1]).z())) {
                    best = new int[] {i, j};
                }
            }
        }
        return best;
    }

    private Agreement[][] all() {
        Agreement[][] all = new Agreement[mlps.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Agreement[mlps[i].length];
            for (int j = 0; j < all[i].length; j++) {
                all[i][j] = both(i, j);
            }
        }
        return all;
    }

    private Agreement both(int i, int j) {
        return mlps[i][j].plus(values[i][j]);
    }
}
