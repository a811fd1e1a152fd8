package dev.forebear.signals.evidence;

import java.util.ArrayList;
import java.util.List;

/** Collects the statistics of one comparison: those that decide, those only reported, and why others are missing. */
final class EvidenceList {

    /** log10 of a bound that needs no better one. */
    private static final double BOUND_ENOUGH = -6;

    private final List<Evidence> deciding = new ArrayList<>();
    private final List<Evidence> reported = new ArrayList<>();
    private final List<String> notComparable = new ArrayList<>();

    void decide(Evidence evidence) {
        deciding.add(evidence);
    }

    /** Whether neither what decides so far nor this cheap bound is small enough, so that a dear one is worth it. */
    boolean needsBetterBound(double log10Bound) {
        if (log10Bound <= BOUND_ENOUGH) {
            return false;
        }
        for (Evidence evidence : deciding) {
            if (evidence.log10ExactBound() <= BOUND_ENOUGH) {
                return false;
            }
        }
        return true;
    }

    void report(Evidence evidence) {
        reported.add(evidence);
    }

    void miss(String signal, String why) {
        notComparable.add(signal + ": " + why);
    }

    void miss(String signal, String statistic, String why) {
        miss(signal, statistic + ": " + why);
    }

    List<Evidence> deciding() {
        return deciding;
    }

    List<Evidence> reported() {
        return reported;
    }

    List<String> notComparable() {
        return notComparable;
    }
}
