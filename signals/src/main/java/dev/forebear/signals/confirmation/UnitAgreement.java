package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Agreement of the rows of two units. Gate, up and down share one numbering, so their similarities are added before
 * they are standardised; value rows can be exchanged only inside their head. Keeps count of the fixed points.
 */
final class UnitAgreement {

    /** Fewer neurons than this have too few orders to prove anything. */
    static final int FEWEST = 8;

    private final int exchangeable;
    private double log10FixedPoints;

    UnitAgreement(int exchangeable) {
        this.exchangeable = exchangeable;
    }

    /** Of the best match by rows of one projection so far, before counting the tries. */
    double log10FixedPoints() {
        return log10FixedPoints;
    }

    /** @param among indices of the neurons that are compared */
    Agreement mlps(RowsOfUnit a, RowsOfUnit b, int[] among) {
        UnitRows[] ofA = rows(a.gate(), a.up());
        UnitRows[] ofB = rows(b.gate(), b.up());
        double[][] sum = similarity(ofA, ofB, usable(ofA, ofB, among), true);
        return Agreement.of(sum, ofA.length);
    }

    /** The same with the columns of down, and without counting fixed points; null where nothing is comparable. */
    static double @Nullable [][] neurons(RowsOfUnit a, RowsOfUnit b, int[] indices) {
        UnitRows[] ofA = neurons(a);
        UnitRows[] ofB = neurons(b);
        return indices.length < FEWEST || ofA.length != ofB.length || ofA.length == 0
                ? null
                : new UnitAgreement(1).similarity(ofA, ofB, indices, false);
    }

    /** Gate, up and down, those that there are. */
    static UnitRows[] neurons(RowsOfUnit unit) {
        return rows(unit.gate(), unit.up(), unit.down());
    }

    Agreement values(RowsOfUnit a, RowsOfUnit b) {
        Agreement sum = Agreement.NONE;
        for (double[][] head : heads(a, b)) {
            sum = sum.plus(Agreement.of(head, 1));
        }
        return sum;
    }

    /** Similarities of value rows within every head, of the rows that may be used in both. */
    List<double[][]> heads(RowsOfUnit a, RowsOfUnit b) {
        UnitRows ofA = a.value();
        UnitRows ofB = b.value();
        if (ofA == null || ofB == null) {
            return List.of();
        }
        List<double[][]> heads = new ArrayList<>();
        for (int head = 0; head + exchangeable <= ofA.rows().length; head += exchangeable) {
            int[] within = IntStream.range(head, head + exchangeable).toArray();
            heads.add(UnitRows.similarity(ofA, ofB, UnitRows.usableInAll(within, ofA, ofB)));
        }
        return heads;
    }

    private double @Nullable [][] similarity(UnitRows[] a, UnitRows[] b, int[] indices, boolean counting) {
        double[][] sum = null;
        for (int projection = 0; projection < a.length && indices.length >= FEWEST; projection++) {
            double[][] similarity = UnitRows.similarity(a[projection], b[projection], indices);
            if (counting) {
                int fixed = RowAgreement.of(similarity).fixedPoints();
                log10FixedPoints = Math.min(log10FixedPoints, Chance.log10FixedPoints(fixed));
            }
            if (sum == null) {
                sum = similarity;
            } else {
                for (int i = 0; i < indices.length; i++) {
                    Rows.add(similarity[i], 1, sum[i]);
                }
            }
        }
        return sum;
    }

    private static int[] usable(UnitRows[] a, UnitRows[] b, int[] among) {
        return a.length == b.length ? UnitRows.usableInAll(UnitRows.usableInAll(among, a), b) : new int[0];
    }

    private static UnitRows[] rows(@Nullable UnitRows... rows) {
        return Arrays.stream(rows).filter(found -> found != null).toArray(UnitRows[]::new);
    }
}
