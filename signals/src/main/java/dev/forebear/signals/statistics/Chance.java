package dev.forebear.signals.statistics;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;

/** Tail probabilities as base-10 logarithms, never below {@link #FLOOR}: smaller numbers mean nothing. */
public final class Chance {

    /** Smallest log10 of a probability that is stated. */
    public static final double FLOOR = -300;

    private static final double ASYMPTOTIC_FROM = 8;

    private Chance() {}

    /** log10 of the chance that a standard normal variable exceeds {@code z}. */
    public static double log10NormalTail(double z) {
        if (Double.isNaN(z)) {
            return 0;
        }
        if (z < ASYMPTOTIC_FROM) {
            return Math.log10(Erf.erfc(z / Math.sqrt(2)) / 2);
        }
        double square = z * z;
        double series = 1 - 1 / square + 3 / (square * square);
        double log = -square / 2 - Math.log(z * Math.sqrt(2 * Math.PI)) + Math.log(series);
        return Math.max(FLOOR, log / Math.log(10));
    }

    /**
     * log10 of the chance that the cosine of a fixed direction and a uniformly random one exceeds a value, in as many
     * dimensions as give it this standard deviation (1/deviation²). Far out it is larger than a normal tail of the
     * inverse hyperbolic tangent, which would claim more than was seen.
     *
     * @param deviation above 0
     */
    public static double log10CosineTail(double cosine, double deviation) {
        if (Double.isNaN(cosine)) {
            return 0;
        }
        double dimensions = Math.max(2, 1 / (deviation * deviation));
        double square = Math.min(1, cosine * cosine);
        double tail = Beta.regularizedBeta(1 - square, (dimensions - 1) / 2, 0.5) / 2;
        return Math.max(FLOOR, Math.log10(cosine < 0 ? 1 - tail : tail));
    }

    /**
     * log10 of Bennett's bound on the chance that a sum of independent centred variables reaches a value, whatever
     * their distribution.
     *
     * @param sum at or below 0 gives 0
     * @param variance of the sum
     * @param largest what no variable exceeds
     */
    public static double log10Bennett(double sum, double variance, double largest) {
        if (!(sum > 0) || !(variance > 0) || !(largest > 0)) {
            return 0;
        }
        double reach = largest * sum / variance;
        double exponent = variance / (largest * largest) * ((1 + reach) * Math.log1p(reach) - reach);
        return Math.clamp(-exponent / Math.log(10), FLOOR, 0);
    }

    /**
     * log10 of a bound on the chance that a uniformly random relabelling of {@code units} units leaves at least
     * {@code fixed} of them in place: 1/fixed!, whatever rule matched them.
     */
    public static double log10FixedPoints(int fixed) {
        double log = 0;
        for (int i = 2; i <= fixed; i++) {
            log -= Math.log10(i);
        }
        return log;
    }

    /** log10 of the chance of at least so many successes in independent trials. */
    public static double log10BinomialTail(int trials, int successes, double probability) {
        double tail = 0;
        for (int k = trials; k >= Math.max(1, successes); k--) {
            double log = Gamma.logGamma(trials + 1.0)
                    - Gamma.logGamma(k + 1.0)
                    - Gamma.logGamma(trials - k + 1.0)
                    + k * Math.log(probability)
                    + (trials - k) * Math.log1p(-probability);
            tail += Math.exp(log);
        }
        return successes <= 0 ? 0 : Math.clamp(Math.log10(tail), FLOOR, 0);
    }

    /** log10 of {@code tests} times a probability, at most 0. */
    public static double log10AnyOf(long tests, double log10Probability) {
        return Math.clamp(log10Probability + Math.log10(Math.max(1, tests)), FLOOR, 0);
    }

    /** Inverse hyperbolic tangent, which makes a cosine normal; finite also at 1. */
    public static double fisher(double cosine) {
        double inside = Math.clamp(cosine, -1 + 1e-15, 1 - 1e-15);
        return Math.log((1 + inside) / (1 - inside)) / 2;
    }
}
