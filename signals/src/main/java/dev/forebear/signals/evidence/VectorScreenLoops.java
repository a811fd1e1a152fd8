package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.ScreenPlan.Span;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops of vector instructions, in whose lanes lie the others: one number of the row that is asked about is multiplied
 * with that of many at once, and nothing is left to be added up at the end. Methods are short enough for the compiler
 * to keep all of their vectors in registers.
 */
final class VectorScreenLoops implements ScreenLoops {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

    /** As many ints as a vector has longs. */
    private static final VectorSpecies<Integer> COUNTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));

    private static final int WIDTH = INTS.length();
    private static final int LONG_WIDTH = LONGS.length();

    private static final int LOW = 0xFFFF;

    @Override
    public int ofAsked(int first, int second) {
        return first & LOW | second << Short.SIZE;
    }

    @Override
    public int ofOther(int first, int second) {
        return ofAsked(first, second);
    }

    @Override
    public boolean positionAfterPosition() {
        return true;
    }

    @Override
    public int rows(int models) {
        return (models + 2 * WIDTH - 1) / (2 * WIDTH) * (2 * WIDTH);
    }

    /** Sums of 16 bits: they stay within, as the norms of the vectors do. */
    @Override
    public void products(ScreenRows asked, int[] rows, ScreenRows others, Span span, int[][] sums) {
        int[] left = asked.numbers();
        int a = asked.numberAt(rows[0], span.from());
        int b = asked.numberAt(rows[1], span.from());
        int c = asked.numberAt(rows[2], span.from());
        int d = asked.numberAt(rows[3], span.from());
        int[] right = others.numbers();
        int step = others.numberAt(0, 1);
        int end = rows(others.size());
        for (int row = 0; row < end; row += 2 * WIDTH) {
            int at = others.numberAt(row, span.from());
            ShortVector a0 = numbers(IntVector.zero(INTS));
            ShortVector a1 = a0;
            ShortVector b0 = a0;
            ShortVector b1 = a0;
            ShortVector c0 = a0;
            ShortVector c1 = a0;
            ShortVector d0 = a0;
            ShortVector d1 = a0;
            for (int i = 0; i < span.length(); i++) {
                ShortVector some = numbers(IntVector.fromArray(INTS, right, at));
                ShortVector more = numbers(IntVector.fromArray(INTS, right, at + WIDTH));
                at += step;
                ShortVector factor = numbers(IntVector.broadcast(INTS, left[a + i]));
                a0 = a0.add(some.mul(factor));
                a1 = a1.add(more.mul(factor));
                factor = numbers(IntVector.broadcast(INTS, left[b + i]));
                b0 = b0.add(some.mul(factor));
                b1 = b1.add(more.mul(factor));
                factor = numbers(IntVector.broadcast(INTS, left[c + i]));
                c0 = c0.add(some.mul(factor));
                c1 = c1.add(more.mul(factor));
                factor = numbers(IntVector.broadcast(INTS, left[d + i]));
                d0 = d0.add(some.mul(factor));
                d1 = d1.add(more.mul(factor));
            }
            a0.reinterpretAsInts().intoArray(sums[0], row);
            a1.reinterpretAsInts().intoArray(sums[0], row + WIDTH);
            b0.reinterpretAsInts().intoArray(sums[1], row);
            b1.reinterpretAsInts().intoArray(sums[1], row + WIDTH);
            c0.reinterpretAsInts().intoArray(sums[2], row);
            c1.reinterpretAsInts().intoArray(sums[2], row + WIDTH);
            d0.reinterpretAsInts().intoArray(sums[3], row);
            d1.reinterpretAsInts().intoArray(sums[3], row + WIDTH);
        }
    }

    private static ShortVector numbers(IntVector pairs) {
        return pairs.reinterpretAsShorts();
    }

    @Override
    public int decoded(int sum) {
        return (short) sum + (sum >> Short.SIZE);
    }

    @Override
    public void differing(ScreenRows asked, int[] rows, ScreenRows others, Span span, int[][] sums) {
        long[] left = asked.signs();
        int a = asked.signsAt(rows[0], span.from());
        int b = asked.signsAt(rows[1], span.from());
        int c = asked.signsAt(rows[2], span.from());
        int d = asked.signsAt(rows[3], span.from());
        long[] right = others.signs();
        int step = others.signsAt(0, 1);
        int end = rows(others.size());
        for (int row = 0; row < end; row += LONG_WIDTH) {
            int at = others.signsAt(row, span.from());
            LongVector first = LongVector.zero(LONGS);
            LongVector second = first;
            LongVector third = first;
            LongVector fourth = first;
            for (int i = 0; i < span.length(); i++) {
                LongVector other = LongVector.fromArray(LONGS, right, at + i * step);
                LongVector signs = LongVector.broadcast(LONGS, left[a + i]);
                first = first.add(differing(other, signs));
                signs = LongVector.broadcast(LONGS, left[b + i]);
                second = second.add(differing(other, signs));
                signs = LongVector.broadcast(LONGS, left[c + i]);
                third = third.add(differing(other, signs));
                signs = LongVector.broadcast(LONGS, left[d + i]);
                fourth = fourth.add(differing(other, signs));
            }
            store(first, sums[0], row);
            store(second, sums[1], row);
            store(third, sums[2], row);
            store(fourth, sums[3], row);
        }
    }

    private static LongVector differing(LongVector one, LongVector other) {
        return one.lanewise(VectorOperators.XOR, other).lanewise(VectorOperators.BIT_COUNT);
    }

    private static void store(LongVector counts, int[] to, int at) {
        ((IntVector) counts.castShape(COUNTS, 0)).intoArray(to, at);
    }
}
