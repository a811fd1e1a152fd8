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

    static SignalSimilarity of(PeerSignal signal, @Nullable Double similarity) {
        return new SignalSimilarity(signal.signalName(), similarity);
    }

    /** Not comparable where one of the features is missing. */
    static <T> SignalSimilarity of(PeerSignal signal, @Nullable T a, @Nullable T b, Measure<T> measure) {
        return of(signal, a == null || b == null ? null : measure.between(a, b));
    }

    /** Compares two features; null when they cannot be compared. */
    interface Measure<T> {
        @Nullable
        Double between(T a, T b);
    }
}
