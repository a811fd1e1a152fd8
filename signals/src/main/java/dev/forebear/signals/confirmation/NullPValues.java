package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Chance;
import java.util.Arrays;
import java.util.List;

/**
 * P-values of one statistic before any choice among them. Of models that were trained independently they are uniform.
 *
 * @param family what was compared, kebab-case
 * @param values one for every pair of layers that are comparable, 0 to 1
 */
public record NullPValues(String family, List<Double> values) {

    public NullPValues {
        values = List.copyOf(values);
    }

    static NullPValues of(String family, Agreement[][] pairs) {
        return new NullPValues(
                family,
                Arrays.stream(pairs)
                        .flatMap(Arrays::stream)
                        .filter(Agreement::comparable)
                        .map(pair -> ofZ(pair.z()))
                        .toList());
    }

    static double ofZ(double z) {
        return Math.pow(10, Chance.log10NormalTail(z));
    }
}
