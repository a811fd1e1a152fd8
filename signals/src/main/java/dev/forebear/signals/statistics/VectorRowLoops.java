package dev.forebear.signals.statistics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Loops of vector instructions; what does not fill a vector is left to the plain ones. */
final class VectorRowLoops implements RowLoops {

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

    /** As many floats as a vector has doubles. */
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    private static final int WIDTH = DOUBLES.length();

    /** Values that stay in the nearest cache. */
    private static final int SHORT = 8 * GROUP;

    /** Columns and rows of a tile of a product: its sums and two vectors of right fit the registers. */
    private static final int COLUMNS = 2 * WIDTH;

    private static final int ROWS = 4;

    /** Rows of right that are passed over for a tile: they stay in the nearest cache for the next rows of left. */
    private static final int TERMS = 64;

    /**
     * Columns beyond which passing whole rows of right, as the plain loop does, is faster than passing tiles of them.
     */
    private static final int WIDEST = 128;

    private static final long FOURTH_BITS = 0x1111_1111_1111_1111L;

    private final PlainRowLoops plain = new PlainRowLoops();

    @Override
    public double squares(float[] values, int from, int count) {
        return count <= SHORT ? squaresOfRow(values, from, count) : squaresOfMany(values, from, count);
    }

    /** Lane after lane, of values in the nearest cache. */
    private static double squaresOfRow(float[] values, int from, int count) {
        double[] chains = new double[CHAINS];
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            DoubleVector sum = DoubleVector.zero(DOUBLES);
            for (int at = from + lane; at < from + count; at += GROUP) {
                sum = sum.add(fourSquares(values, at));
            }
            int chain = lane % CHAINS;
            DoubleVector.fromArray(DOUBLES, chains, chain).add(sum).intoArray(chains, chain);
        }
        double sum = 0;
        for (double chain : chains) {
            sum += chain;
        }
        return sum;
    }

    /** Group after group, so that values come once from wherever they lie. */
    private static double squaresOfMany(float[] values, int from, int count) {
        double[] lanes = new double[LANES];
        for (int group = from; group < from + count; group += GROUP) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                DoubleVector sum = DoubleVector.fromArray(DOUBLES, lanes, lane);
                sum.add(fourSquares(values, group + lane)).intoArray(lanes, lane);
            }
        }
        return PlainRowLoops.sum(lanes);
    }

    private static DoubleVector fourSquares(float[] values, int at) {
        FloatVector a = square(values, at);
        FloatVector b = square(values, at + LANES);
        FloatVector c = square(values, at + 2 * LANES);
        FloatVector d = square(values, at + 3 * LANES);
        return doubles(a.add(b).add(c.add(d)));
    }

    private static FloatVector square(float[] values, int at) {
        FloatVector each = FloatVector.fromArray(FLOATS, values, at);
        return each.mul(each);
    }

    private static DoubleVector doubles(FloatVector floats) {
        return (DoubleVector) floats.convertShape(VectorOperators.F2D, DOUBLES, 0);
    }

    // Products of floats are exact in double precision, so one rounding is as good as two.
    @Override
    public double dot(float[] a, int from, float[] b, int count) {
        double[] lanes = new double[LANES];
        for (int first = 0; first < count; first += LANES) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                DoubleVector left = doubles(FloatVector.fromArray(FLOATS, a, from + first + lane));
                DoubleVector right = doubles(FloatVector.fromArray(FLOATS, b, first + lane));
                left.fma(right, DoubleVector.fromArray(DOUBLES, lanes, lane)).intoArray(lanes, lane);
            }
        }
        return PlainRowLoops.sum(lanes);
    }

    @Override
    public void add(Product product, int first, int end) {
        int tiles = product.columns() <= WIDEST ? (end - first) / ROWS : 0;
        for (int k = 0; k < product.terms() && tiles > 0; k += TERMS) {
            addTiles(product, first, tiles, k, Math.min(k + TERMS, product.terms()));
        }
        plain.add(product, first + tiles * ROWS, end);
    }

    private void addTiles(Product product, int first, int tiles, int k, int last) {
        var sparse = new boolean[tiles];
        for (int tile = 0; tile < tiles; tile++) {
            sparse[tile] = leavesOut(product.left(), first + tile * ROWS, k, last);
        }
        int columns = product.columns() - product.columns() % COLUMNS;
        for (int j = 0; j < columns; j += COLUMNS) {
            for (int tile = 0; tile < tiles; tile++) {
                if (!sparse[tile]) {
                    addTile(product, first + tile * ROWS, k, last, j);
                }
            }
        }
        for (int tile = 0; tile < tiles; tile++) {
            int column = sparse[tile] ? 0 : columns;
            if (column < product.columns()) {
                int i = first + tile * ROWS;
                plain.addTerms(product, i, i + ROWS, k, last, column);
            }
        }
    }

    /** Whether the four factors of some terms are zero, so that these are left out. */
    private static boolean leavesOut(double[][] left, int first, int k, int last) {
        for (int i = first; i < first + ROWS; i++) {
            for (int term = k; term + WIDTH <= last; term += WIDTH) {
                var factors = DoubleVector.fromArray(DOUBLES, left[i], term);
                long zero = factors.compare(VectorOperators.EQ, 0).toLong();
                if ((zero & zero >>> 1 & zero >>> 2 & zero >>> 3 & FOURTH_BITS) != 0) {
                    return true;
                }
            }
        }
        return (last - k) % WIDTH >= 4;
    }

    private static void addTile(Product product, int i, int k, int last, int j) {
        double[] a = product.left()[i];
        double[] b = product.left()[i + 1];
        double[] c = product.left()[i + 2];
        double[] d = product.left()[i + 3];
        double[][] sum = product.sum();
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, sum[i], j);
        DoubleVector a1 = DoubleVector.fromArray(DOUBLES, sum[i], j + WIDTH);
        DoubleVector b0 = DoubleVector.fromArray(DOUBLES, sum[i + 1], j);
        DoubleVector b1 = DoubleVector.fromArray(DOUBLES, sum[i + 1], j + WIDTH);
        DoubleVector c0 = DoubleVector.fromArray(DOUBLES, sum[i + 2], j);
        DoubleVector c1 = DoubleVector.fromArray(DOUBLES, sum[i + 2], j + WIDTH);
        DoubleVector d0 = DoubleVector.fromArray(DOUBLES, sum[i + 3], j);
        DoubleVector d1 = DoubleVector.fromArray(DOUBLES, sum[i + 3], j + WIDTH);
        for (int term = k; term < last; term++) {
            double[] row = product.right()[product.from() + term];
            DoubleVector r0 = DoubleVector.fromArray(DOUBLES, row, j);
            DoubleVector r1 = DoubleVector.fromArray(DOUBLES, row, j + WIDTH);
            a0 = a0.add(r0.mul(a[term]));
            a1 = a1.add(r1.mul(a[term]));
            b0 = b0.add(r0.mul(b[term]));
            b1 = b1.add(r1.mul(b[term]));
            c0 = c0.add(r0.mul(c[term]));
            c1 = c1.add(r1.mul(c[term]));
            d0 = d0.add(r0.mul(d[term]));
            d1 = d1.add(r1.mul(d[term]));
        }
        a0.intoArray(sum[i], j);
        a1.intoArray(sum[i], j + WIDTH);
        b0.intoArray(sum[i + 1], j);
        b1.intoArray(sum[i + 1], j + WIDTH);
        c0.intoArray(sum[i + 2], j);
        c1.intoArray(sum[i + 2], j + WIDTH);
        d0.intoArray(sum[i + 3], j);
        d1.intoArray(sum[i + 3], j + WIDTH);
    }
}
