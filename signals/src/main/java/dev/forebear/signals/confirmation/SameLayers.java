package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.PermanentBound;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Agreement of all rows of all mapped layers: what is left of a relation when every row has drifted far.
 *
 * @param agreement over all layers
 * @param log10Bound log10 of a bound that needs no distribution, every try counted: on the share of relabellings, alike
 *     in all layers, that agree as well, or by fixed points of the summed similarities; of neurons or of value rows
 */
record SameLayers(Agreement agreement, double log10Bound) {

    static SameLayers of(CommonRows rows, LayerMap map) {
        UnitAgreement pairs = new UnitAgreement(rows.exchangeable());
        Agreement sum = Agreement.NONE;
        List<double[][]> neurons = new ArrayList<>();
        List<double[][]> heads = new ArrayList<>();
        int[] everywhere = usableEverywhere(rows, map);
        for (int[] pair : map.pairs()) {
            RowsOfUnit a = rows.first().get(pair[0]);
            RowsOfUnit b = rows.second().get(pair[1]);
            double[][] similarity = UnitAgreement.neurons(a, b, everywhere);
            if (similarity != null) {
                neurons.add(similarity);
                sum = sum.plus(Agreement.of(similarity, UnitAgreement.neurons(a).length));
            }
            heads.addAll(pairs.heads(a, b));
            sum = sum.plus(pairs.values(a, b));
        }
        double bound = Math.min(log10Bound(neurons, everywhere.length), log10Bound(heads, rows.exchangeable()));
        return new SameLayers(sum, Chance.log10AnyOf(2, bound));
    }

    /** Neurons that may be used in all layers that are compared. */
    private static int[] usableEverywhere(CommonRows rows, LayerMap map) {
        int[] usable = IntStream.range(0, rows.neurons().length).toArray();
        for (int[] pair : map.pairs()) {
            usable = UnitRows.usableInAll(
                    usable, UnitAgreement.neurons(rows.first().get(pair[0])));
            usable = UnitRows.usableInAll(
                    usable, UnitAgreement.neurons(rows.second().get(pair[1])));
        }
        return usable;
    }

    /** Of the groups in which all units may be used. */
    private static double log10Bound(List<double[][]> similarities, int units) {
        double[][] sum = new double[units][units];
        for (double[][] similarity : similarities) {
            for (int i = 0; i < units && similarity.length == units; i++) {
                Rows.add(similarity[i], 1, sum[i]);
            }
        }
        if (units < UnitAgreement.FEWEST || similarities.isEmpty()) {
            return 0;
        }
        double fixedPoints = Chance.log10FixedPoints(RowAgreement.of(sum).fixedPoints());
        return Chance.log10AnyOf(2, Math.min(fixedPoints, PermanentBound.log10(sum)));
    }
}
