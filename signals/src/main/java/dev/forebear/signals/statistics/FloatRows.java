package dev.forebear.signals.statistics;

/**
 * Arithmetic on rows of floats. Sums run in {@value RowLoops#LANES} lanes and then over the lanes, always in the same
 * order, so results are the same on every processor.
 */
public final class FloatRows {

    /** Mean of squares above which no square that counts was lost. */
    private static final double SMALLEST_MEAN = 0x1p-90;

    private static final double LARGEST_SUM = 0x1p120;

    private FloatRows() {}

    /**
     * The sum of the squares of {@code values[from]} to {@code values[from + count - 1]}; NaN or infinite when one of
     * them is. Four squares at a time are added in single precision, all else in double: deviates from the exact sum by
     * at most 2⁻²² of it. Where squares leave the range of single precision, all is done in double.
     */
    public static double squaredLength(float[] values, int from, int count) {
        int grouped = count - count % RowLoops.GROUP;
        double sum = RowLoops.FASTEST.squares(values, from, grouped)
                + squaresInDouble(values, from + grouped, count - grouped);
        boolean inRange = sum >= SMALLEST_MEAN * count && sum <= LARGEST_SUM;
        return inRange ? sum : squaresInDouble(values, from, count);
    }

    private static double squaresInDouble(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }

    /** The dot product of a row with {@code b.length} values of {@code a} from {@code from} on, in double precision. */
    public static double dot(float[] a, int from, float[] b) {
        int whole = b.length - b.length % RowLoops.LANES;
        double sum = RowLoops.FASTEST.dot(a, from, b, whole);
        for (int i = whole; i < b.length; i++) {
            sum += (double) a[from + i] * b[i];
        }
        return sum;
    }
}
