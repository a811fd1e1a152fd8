package dev.forebear.cli.evaluate;

/**
 * What is demanded of a measure.
 *
 * @param measure what is measured
 * @param demand what it has to be
 * @param found what it is
 * @param outcome whether it is met
 */
record Bar(String measure, String demand, String found, Outcome outcome) {

    /** Whether a bar is met. */
    enum Outcome {
        MET,
        MISSED,
        /** The zoo holds nothing to measure it on. */
        NOTHING_TO_MEASURE
    }

    /** At least so much. */
    static Bar atLeast(String measure, double value, double least, String demand, String found) {
        return new Bar(measure, demand, found, outcome(value, value >= least));
    }

    /** At most so much. */
    static Bar atMost(String measure, double value, double most, String demand, String found) {
        return new Bar(measure, demand, found, outcome(value, value <= most));
    }

    private static Outcome outcome(double value, boolean met) {
        return Double.isNaN(value) ? Outcome.NOTHING_TO_MEASURE : met ? Outcome.MET : Outcome.MISSED;
    }
}
