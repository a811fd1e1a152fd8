package dev.forebear.cli.scan;

import dev.forebear.signals.peer.PeerResemblance;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A known model of which only the peer's signals are known, and what they say. No match: they rank and prove nothing.
 *
 * @param family null when it is not known
 * @param publisher null when it is not known
 */
record Resemblance(
        String model, @Nullable String family, @Nullable String publisher, PeerResemblance scores) {

    static final Comparator<Resemblance> HIGHEST_FIRST =
            Comparator.comparingDouble(Resemblance::score).reversed().thenComparing(Resemblance::model);

    private double score() {
        Double score = scores.identity().score();
        return score == null ? -1 : score;
    }
}
