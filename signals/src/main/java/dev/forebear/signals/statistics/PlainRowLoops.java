package dev.forebear.signals.statistics;

/** Loops in forms that the compiler turns into vector instructions. */
final class PlainRowLoops implements RowLoops {

    @Override
    public double squares(float[] values, int from, int count) {
        double[] lanes = new double[LANES];
        for (int first = from; first < from + count; first += GROUP) {
            addGroup(values, first, lanes);
        }
        return sum(lanes);
    }

    private static void addGroup(float[] values, int first, double[] lanes) {
        for (int i = 0; i < LANES; i++) {
            float a = values[first + i];
            float b = values[first + LANES + i];
            float c = values[first + 2 * LANES + i];
            float d = values[first + 3 * LANES + i];
            lanes[i] += (double) (a * a + b * b + (c * c + d * d));
        }
    }

    @Override
    public double dot(float[] a, int from, float[] b, int count) {
        double[] lanes = new double[LANES];
        for (int first = 0; first < count; first += LANES) {
            addBlock(a, from + first, b, first, lanes);
        }
        return sum(lanes);
    }

    private static void addBlock(float[] a, int from, float[] b, int at, double[] lanes) {
        for (int i = 0; i < LANES; i++) {
            lanes[i] += (double) a[from + i] * b[at + i];
        }
    }

    /** In eight sums, or each addition would wait for the one before. */
    static double sum(double[] lanes) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        for (int i = 0; i < LANES; i += CHAINS) {
            a += lanes[i];
            b += lanes[i + 1];
            c += lanes[i + 2];
            d += lanes[i + 3];
            e += lanes[i + 4];
            f += lanes[i + 5];
            g += lanes[i + 6];
            h += lanes[i + 7];
        }
        return a + b + c + d + e + f + g + h;
    }

    @Override
    public void add(Product product, int first, int end) {
        addTerms(product, first, end, 0, product.terms(), 0);
    }

    /**
     * Terms {@code k} to {@code last - 1}, whose first one is a multiple of four, in the columns from a given one on.
     */
    // Four rows of right are held while all rows of the block pass: a third of the memory traffic of one at a time.
    void addTerms(Product product, int first, int end, int k, int last, int column) {
        int term = k;
        for (; term + 4 <= last; term += 4) {
            for (int i = first; i < end; i++) {
                addFour(product.left()[i], term, product.right(), product.from() + term, product.sum()[i], column);
            }
        }
        for (; term < last; term++) {
            for (int i = first; i < end; i++) {
                addOne(product.left()[i][term], product.right()[product.from() + term], product.sum()[i], column);
            }
        }
    }

    private static void addOne(double factor, double[] row, double[] sum, int column) {
        for (int j = column; j < sum.length; j++) {
            sum[j] += factor * row[j];
        }
    }

    private static void addFour(double[] factors, int k, double[][] rows, int first, double[] sum, int column) {
        if (factors[k] == 0 && factors[k + 1] == 0 && factors[k + 2] == 0 && factors[k + 3] == 0) {
            return; // Rows of zeros: padding, rows that could not be read, and all of them while reading is planned.
        }
        addFour(
                factors[k],
                rows[first],
                factors[k + 1],
                rows[first + 1],
                factors[k + 2],
                rows[first + 2],
                factors[k + 3],
                rows[first + 3],
                sum,
                column);
    }

    private static void addFour(
            double a,
            double[] rowA,
            double b,
            double[] rowB,
            double c,
            double[] rowC,
            double d,
            double[] rowD,
            double[] sum,
            int column) {
        for (int j = column; j < sum.length; j++) {
            sum[j] = sum[j] + a * rowA[j] + b * rowB[j] + c * rowC[j] + d * rowD[j];
        }
    }
}
