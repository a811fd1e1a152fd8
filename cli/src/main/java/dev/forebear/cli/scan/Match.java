package dev.forebear.cli.scan;

import dev.forebear.signals.Verdict;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A known model that shares lineage with the one scanned.
 *
 * @param log10EValue log10 of the number of such matches expected by chance among all that was compared
 * @param effectSize similarity of the strongest evidence, -1 to 1
 * @param declared whether the scanned checkpoint names it as its base
 * @param licence of the known model; null when it is not known
 */
record Match(
        String model,
        Verdict verdict,
        double log10EValue,
        double effectSize,
        boolean declared,
        @Nullable String licence) {

    /** Verdicts are declared from the strongest to none. */
    static final Comparator<Match> STRONGEST_FIRST = Comparator.comparing(Match::verdict)
            .thenComparingDouble(Match::log10EValue)
            .thenComparing(Match::effectSize, Comparator.reverseOrder())
            .thenComparing(Match::model);
}
