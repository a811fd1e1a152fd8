package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where a derived model left a base: how often it went the same multiple of the way from the base to another relative.
 * DARE drops values of an update at random and enlarges the rest by one factor, so that factor is met over and over.
 * What training does to single values has no such factor.
 *
 * @param factor the most frequent multiple
 * @param share how much more often it is met than those next to it, as a share of all values looked at
 * @param values how many these are
 */
record FixedMultiples(double factor, double share, long values) {

    /** A relative, the multiple of the way to it, and how often that is met. */
    record Explained(int relative, double factor, double share) {}

    /** Steps of the grid between base and relative: rounding then moves a multiple by less than a bin. */
    private static final int APART = 64;

    /** Steps of the grid between base and derived model: values that hardly moved all went hardly any of the way. */
    private static final int FAR = 8;

    private static final double WIDTH = 0.02;
    private static final int BINS = 700;
    private static final double FIRST = -1;
    private static final int GAP = 3;
    private static final int AROUND = 6;
    private static final long FEWEST_VALUES = 500;
    private static final double SMALLEST_SHARE = 0.08;
    private static final double TIMES_ACCIDENT = 5;

    /** The rows of one block, those of explained relatives last. */
    private record Block(double[][] derived, double[][] base, double[][] relative, List<double[][]> explained) {

        static Block of(MappedRows rows, int block, int base, int relative, List<Explained> explained)
                throws IOException {
            List<double[][]> known = new ArrayList<>();
            for (Explained source : explained) {
                known.add(Objects.requireNonNull(rows.relative(source.relative(), block)));
            }
            return new Block(
                    rows.derived(block),
                    Objects.requireNonNull(rows.relative(base, block)),
                    Objects.requireNonNull(rows.relative(relative, block)),
                    known);
        }
    }

    /** @param explained values that these account for are left out */
    static FixedMultiples of(MappedRows rows, int base, int relative, List<Explained> explained) throws IOException {
        long[] histogram = new long[BINS];
        long values = 0;
        for (int block = 0; block < rows.blocks(); block++) {
            values += count(Block.of(rows, block, base, relative, explained), explained, histogram);
        }
        return peak(histogram, values);
    }

    private static long count(Block block, List<Explained> explained, long[] histogram) {
        Rounding rounding = Rounding.of(block.derived);
        long values = 0;
        for (int row = 0; row < block.derived.length; row++) {
            for (int i = 0; i < block.derived[row].length; i++) {
                double value = block.derived[row][i];
                double base = block.base[row][i];
                double way = block.relative[row][i] - base;
                double largest = Math.max(Math.abs(value), Math.max(Math.abs(base), Math.abs(base + way)));
                boolean left = value != 0 && value != rounding.nearest(base);
                if (left && Math.abs(way) >= APART * rounding.step(largest) && !known(block, explained, row, i)) {
                    int bin = (int) Math.floor(((value - base) / way - FIRST) / WIDTH);
                    boolean far = Math.abs(value - base) >= FAR * rounding.step(largest);
                    values++;
                    if (far && bin >= 0 && bin < BINS) {
                        histogram[bin]++;
                    }
                }
            }
        }
        return values;
    }

    private static boolean known(Block block, List<Explained> explained, int row, int column) {
        double base = block.base[row][column];
        double gone = block.derived[row][column] - base;
        for (int i = 0; i < explained.size(); i++) {
            double way = block.explained.get(i)[row][column] - base;
            if (Math.abs(gone - explained.get(i).factor() * way) <= WIDTH * Math.abs(way)) {
                return true;
            }
        }
        return false;
    }

    // A multiple at the border of two bins falls into both.
    private static FixedMultiples peak(long[] histogram, long values) {
        FixedMultiples best = new FixedMultiples(0, 0, values);
        for (int bin = AROUND; bin + 1 + AROUND < histogram.length; bin++) {
            long both = histogram[bin] + histogram[bin + 1];
            long around = 0;
            for (int distance = GAP; distance <= AROUND; distance++) {
                around += histogram[bin - distance + 1] + histogram[bin + distance];
            }
            double accident = (double) around / (AROUND - GAP + 1);
            double share = values > 0 ? (both - accident) / values : 0;
            if (both >= TIMES_ACCIDENT * accident && share > best.share) {
                best = new FixedMultiples(FIRST + (bin + 1) * WIDTH, share, values);
            }
        }
        return best;
    }

    boolean convincing() {
        return values >= FEWEST_VALUES && share >= SMALLEST_SHARE;
    }
}
