package dev.forebear.signals.confirmation;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.PermanentBound;
import dev.forebear.signals.statistics.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether the neurons of one model rank like the neurons of the same number of the other, by scalars that no rotation
 * changes.
 */
final class ScalarTest {

    static final String SIGNAL = "neuron-scalars";
    private static final String ASSUMPTION =
            "neurons of independently trained models are numbered in no common order, layer by layer";

    /** Standardised trend of the norms along the index from which on neurons count as sorted on purpose. */
    private static final double SORTED_FROM = 4;

    private final CommonRows rows;
    private final NeuronTraits first;
    private final NeuronTraits second;

    ScalarTest(CommonRows rows, NeuronTraits first, NeuronTraits second) {
        this.rows = rows;
        this.first = first;
        this.second = second;
    }

    /** Whether the neurons of both models rise or both fall with their number, so that their order means something. */
    static boolean bothSorted(NeuronTraits a, NeuronTraits b) {
        double first = a.trend();
        double second = b.trend();
        return Math.abs(first) >= SORTED_FROM && Math.abs(second) >= SORTED_FROM && first * second > 0;
    }

    /** Of every pair of units and every trait the standardised rank correlation. */
    private List<Double> zs() {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < rows.first().size(); i++) {
            for (int j = 0; j < rows.second().size(); j++) {
                int[] usable = usable(i, j);
                if (usable.length >= UnitAgreement.FEWEST) {
                    addCorrelations(first.ranks(i, usable), second.ranks(j, usable), all);
                }
            }
        }
        return all;
    }

    private static void addCorrelations(double[][] a, double[][] b, List<Double> zs) {
        for (int trait = 0; trait < a.length; trait++) {
            if (!Rows.isZero(a[trait]) && !Rows.isZero(b[trait])) {
                zs.add(Rows.dot(a[trait], b[trait]) * Math.sqrt(a[trait].length - 1.0));
            }
        }
    }

    private int[] usable(int i, int j) {
        int[] all = IntStream.range(0, rows.neurons().length).toArray();
        int[] ofFirst =
                UnitRows.usableInAll(all, UnitAgreement.neurons(rows.first().get(i)));
        return UnitRows.usableInAll(ofFirst, UnitAgreement.neurons(rows.second().get(j)));
    }

    NullPValues nullPValues() {
        return new NullPValues(SIGNAL, zs().stream().map(NullPValues::ofZ).toList());
    }

    /** The best pair of layers; empty when nothing varies. */
    Optional<Evidence> bestPair() {
        List<Double> zs = zs();
        double best = zs.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        double deviation = 1 / Math.sqrt(rows.neurons().length - 1.0);
        return zs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Evidence(
                        SIGNAL,
                        "rank correlation of the best pair of layers",
                        best * deviation,
                        0,
                        deviation,
                        Chance.log10AnyOf(zs.size(), Chance.log10NormalTail(best)),
                        0,
                        ASSUMPTION));
    }

    /** Layer by layer; empty when nothing varies. */
    Optional<Evidence> sameLayers() {
        int[] usable = IntStream.range(0, rows.neurons().length).toArray();
        for (int[] pair : rows.sameLayers()) {
            usable = UnitRows.usableInAll(
                    usable, UnitAgreement.neurons(rows.first().get(pair[0])));
            usable = UnitRows.usableInAll(
                    usable, UnitAgreement.neurons(rows.second().get(pair[1])));
        }
        if (usable.length < UnitAgreement.FEWEST) {
            return Optional.empty();
        }
        double[][] sum = new double[usable.length][usable.length];
        Agreement agreement = Agreement.NONE;
        double traits = 0;
        for (int[] pair : rows.sameLayers()) {
            double[][] a = first.ranks(pair[0], usable);
            double[][] similarity = similarity(a, second.ranks(pair[1], usable));
            agreement = agreement.plus(Agreement.of(similarity, 1));
            traits += a.length;
            for (int i = 0; i < sum.length; i++) {
                Rows.add(similarity[i], 1, sum[i]);
            }
        }
        return agreement.comparable()
                ? Optional.of(new Evidence(
                        SIGNAL,
                        "rank correlation layer by layer",
                        agreement.excess() / traits,
                        0,
                        Math.sqrt(agreement.variance()) / traits,
                        Chance.log10NormalTail(agreement.z()),
                        PermanentBound.log10(sum),
                        ASSUMPTION))
                : Optional.empty();
    }

    /** Products of the ranks of every two neurons, summed over the traits (neurons × neurons). */
    private static double[][] similarity(double[][] a, double[][] b) {
        double[][] similarity = new double[a[0].length][b[0].length];
        for (int trait = 0; trait < a.length; trait++) {
            for (int i = 0; i < similarity.length; i++) {
                Rows.add(b[trait], a[trait][i], similarity[i]);
            }
        }
        return similarity;
    }
}
