package dev.forebear.signals.peer;

import org.jspecify.annotations.Nullable;

/**
 * How alike one signal finds two checkpoints.
 *
 * @param signal name of the signal, kebab-case, as in {@link PeerSignal}
 * @param similarity 0 to 1, rounded to 4 decimals; null when the signal cannot compare the two
 */
public record SignalSimilarity(String signal, @Nullable Double similarity) {

    public SignalSimilarity {
        if (similarity != null && !(similarity >= 0 && similarity <= 1)) {
            throw new IllegalArgumentException(signal + ": expected a similarity of 0 to 1, found " + similarity);
        }
    }
}
