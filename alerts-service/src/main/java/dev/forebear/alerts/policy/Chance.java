package dev.forebear.alerts.policy;

import java.util.Locale;

/** An expected number of chance matches in words. */
public final class Chance {

    /** Smaller chances are capped where they are computed. */
    private static final double CAP = -300;

    private Chance() {}

    /**
     * For example "1 in 10^78", "1 in 200", or "more than 1".
     *
     * @param log10EValue log10 of the number of such matches expected by chance
     */
    public static String words(double log10EValue) {
        if (Double.isNaN(log10EValue)) {
            return "unknown odds";
        }
        if (log10EValue <= CAP) {
            return "less than 1 in 10^300";
        }
        if (log10EValue <= -4) {
            return "1 in 10^" + Math.round(-log10EValue);
        }
        if (log10EValue <= 0) {
            return "1 in " + String.format(Locale.ROOT, "%.0f", Math.pow(10, -log10EValue));
        }
        return "more than 1";
    }
}
