package dev.forebear.signals.confirmation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.special.Gamma;

/**
 * Which layers are held against each other all at once: those of the same number in models of one depth, else every
 * layer of the shallower model against one of the deeper in increasing order, where rows agree best. Of a mixture of
 * experts the first expert stands for its layer.
 *
 * @param pairs indices of units, first and second model
 * @param log10Tried log10 of the number of maps among which this one was chosen
 */
record LayerMap(List<int[]> pairs, double log10Tried) {

    /** @param agreement of every pair of units */
    static LayerMap of(CommonRows rows, Agreement[][] agreement) {
        int[] first = firstOfLayers(rows.first());
        int[] second = firstOfLayers(rows.second());
        if (first.length == second.length) {
            List<int[]> same = IntStream.range(0, first.length)
                    .mapToObj(i -> new int[] {first[i], second[i]})
                    .toList();
            return new LayerMap(same, 0);
        }
        boolean firstIsDeep = first.length > second.length;
        int[] deep = firstIsDeep ? first : second;
        int[] shallow = firstIsDeep ? second : first;
        double[][] gains = new double[shallow.length][deep.length];
        for (int i = 0; i < shallow.length; i++) {
            for (int j = 0; j < deep.length; j++) {
                Agreement found = firstIsDeep ? agreement[deep[j]][shallow[i]] : agreement[shallow[i]][deep[j]];
                gains[i][j] = found.comparable() ? found.z() : 0;
            }
        }
        int[] chosen = increasing(gains);
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            int other = deep[chosen[i]];
            pairs.add(firstIsDeep ? new int[] {other, shallow[i]} : new int[] {shallow[i], other});
        }
        return new LayerMap(pairs, log10Choose(deep.length, shallow.length));
    }

    private static int[] firstOfLayers(List<RowsOfUnit> units) {
        return IntStream.range(0, units.size())
                .filter(i -> i == 0 || units.get(i).layer() != units.get(i - 1).layer())
                .toArray();
    }

    /** For every row a column, increasing, with the largest sum; there are more columns than rows. */
    private static int[] increasing(double[][] gains) {
        int rows = gains.length;
        int slack = rows == 0 ? 0 : gains[0].length - rows;
        double[][] best = new double[rows + 1][slack + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int skipped = slack; skipped >= 0; skipped--) {
                double here = gains[i][i + skipped] + best[i + 1][skipped];
                best[i][skipped] = skipped == slack ? here : Math.max(here, best[i][skipped + 1]);
            }
        }
        int[] columns = new int[rows];
        int skipped = 0;
        for (int i = 0; i < rows; i++) {
            while (skipped < slack && best[i][skipped] == best[i][skipped + 1]) {
                skipped++;
            }
            columns[i] = i + skipped;
        }
        return columns;
    }

    private static double log10Choose(int all, int chosen) {
        double log = Gamma.logGamma(all + 1.0) - Gamma.logGamma(chosen + 1.0) - Gamma.logGamma(all - chosen + 1.0);
        return log / Math.log(10);
    }
}
