package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether the weights of one of two relatives are larger than a random change explains: training adds to weights, so
 * that the squared norm grows by about the squared norm of what was added.
 *
 * @param ratio growth of the squared norm over the squared norm of the change, of all mapped projections
 * @param standardError of the ratio, from its scatter over projections
 */
record NormGrowth(double ratio, double standardError) {

    private static final double DECISIVE = 0.25;
    private static final double STANDARD_ERRORS = 3;

    static NormGrowth of(RelatedPair pair) throws IOException {
        List<Double> ratios = new ArrayList<>();
        for (TensorChange change : pair.changes().values()) {
            if (!change.unchanged()) {
                ratios.add(change.normGrowth());
            }
        }
        if (ratios.size() < 2) {
            return new NormGrowth(0, Double.POSITIVE_INFINITY);
        }
        double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double variance = ratios.stream()
                .mapToDouble(ratio -> (ratio - mean) * (ratio - mean))
                .average()
                .orElse(0);
        return new NormGrowth(pair.change().normGrowth(), Math.sqrt(variance / ratios.size()));
    }

    boolean decides() {
        return Math.abs(ratio) >= DECISIVE && Math.abs(ratio) >= STANDARD_ERRORS * standardError;
    }

    String words() {
        return String.format(Locale.ROOT, "norm growth %.2f ± %.2f", ratio, standardError);
    }
}
