package dev.forebear.signals.laundered;

/**
 * A unit of one model and the unit of another that is held against it.
 *
 * @param first index among the units of the first model
 * @param second index among the units of the second
 */
public record UnitPair(int first, int second) {

    public UnitPair {
        if (first < 0 || second < 0) {
            throw new IllegalArgumentException(
                    "pair of units: expected indices from 0, found " + first + " and " + second);
        }
    }
}
