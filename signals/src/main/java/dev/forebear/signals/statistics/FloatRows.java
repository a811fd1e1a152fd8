package dev.forebear.signals.statistics;

/**
 * Arithmetic on rows of floats, in loops that the compiler turns into vector instructions. Sums run in {@value #LANES}
 * lanes and then over the lanes, always in the same order, so results are the same on every processor.
 */
public final class FloatRows {

    private static final int LANES = 128;
    private static final int GROUP = 4 * LANES;
    private static final int CHAINS = 8;

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
        double[] lanes = new double[LANES];
        int grouped = count - count % GROUP;
        for (int first = from; first < from + grouped; first += GROUP) {
            addSquares(values, first, lanes);
        }
        double sum = sum(lanes) + squaresInDouble(values, from + grouped, count - grouped);
        boolean inRange = sum >= SMALLEST_MEAN * count && sum <= LARGEST_SUM;
        return inRange ? sum : squaresInDouble(values, from, count);
    }

    private static void addSquares(float[] values, int first, double[] lanes) {
        for (int i = 0; i < LANES; i++) {
            float a = values[first + i];
            float b = values[first + LANES + i];
            float c = values[first + 2 * LANES + i];
            float d = values[first + 3 * LANES + i];
            lanes[i] += (double) (a * a + b * b + (c * c + d * d));
        }
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
        double[] lanes = new double[LANES];
        int whole = b.length - b.length % LANES;
        for (int first = 0; first < whole; first += LANES) {
            addProducts(a, from + first, b, first, lanes);
        }
        double sum = sum(lanes);
        for (int i = whole; i < b.length; i++) {
            sum += (double) a[from + i] * b[i];
        }
        return sum;
    }

    private static void addProducts(float[] a, int from, float[] b, int at, double[] lanes) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += (double) a[from + i] * b[at + i];
        }
    }

    // In eight sums, or each addition would wait for the one before.
    private static double sum(double[] lanes) {
        double[] sums = new double[CHAINS];
        for (int i = 0; i < LANES; i += CHAINS) {
            for (int chain = 0; chain < CHAINS; chain++) {
                sums[chain] += lanes[i + chain];
            }
        }
        double sum = 0;
        for (double each : sums) {
            sum += each;
        }
        return sum;
    }
}
