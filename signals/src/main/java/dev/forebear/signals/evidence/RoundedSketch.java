package dev.forebear.signals.evidence;

/**
 * A sketch that was scaled to a length of some {@link ScreenRows#LENGTH} and rounded.
 *
 * @param scaled its length before it was rounded
 * @param length of the rounded vector
 * @param error length of what rounding changed
 * @param entries entries of one layer behind it
 */
record RoundedSketch(double scaled, double length, double error, int entries) {

    /** Of a model without a sketch, or an empty one. */
    static final RoundedSketch NONE = new RoundedSketch(ScreenRows.LENGTH, 0, 0, 0);

    /** What bounds both. */
    RoundedSketch widest(RoundedSketch other) {
        return new RoundedSketch(
                Math.min(scaled, other.scaled),
                Math.max(length, other.length),
                Math.max(error, other.error),
                Math.max(entries, other.entries));
    }

    /**
     * The least inner product of rounded vectors at which the cosine of the sketches may be so many deviations large.
     * The deviation falls with the entries of the smaller sketch; what rounding took away is bounded by Cauchy and
     * Schwarz.
     *
     * @param other the widest of those it is held against
     */
    int leastProduct(RoundedSketch other, double z) {
        double deviation = PositionalComparison.expectedDeviation(Math.min(entries, other.entries));
        double exact = Math.tanh(z * deviation) * scaled * other.scaled;
        double lost = length * other.error + error * other.length + error * other.error;
        return (int) Math.floor(exact - lost - 1);
    }
}
