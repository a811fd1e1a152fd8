package dev.forebear.cli.evaluate;

import org.hipparchus.distribution.continuous.BetaDistribution;

/**
 * How often independent models are accused, as far as a zoo can tell. Forty fine-tunes of one base against another base
 * are one observation, not forty: what counts are pairs of trainings.
 *
 * @param trainings pairs of trainings with at least one accusation, of all that were held against each other
 */
record AccusationRate(Share trainings) {

    private static final double CONFIDENCE = 0.95;

    /** Largest rate that such a zoo would not contradict with 95 % confidence (Clopper-Pearson); NaN of nothing. */
    double upperBound() {
        int clear = trainings.of() - trainings.count();
        if (trainings.of() == 0) {
            return Double.NaN;
        }
        return clear == 0
                ? 1
                : new BetaDistribution(trainings.count() + 1.0, clear).inverseCumulativeProbability(CONFIDENCE);
    }
}
