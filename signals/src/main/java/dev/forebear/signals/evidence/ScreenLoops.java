package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.numbers.VectorInstructions;
import dev.forebear.signals.evidence.ScreenPlan.Span;

/**
 * The loops that take the time of a screen, and how they want rows to be laid out. Every implementation counts the
 * same.
 */
interface ScreenLoops {

    /** Rows that are asked about at once. */
    int ASKED = 4;

    ScreenLoops FASTEST = VectorInstructions.AVAILABLE ? new VectorScreenLoops() : new PlainScreenLoops();

    /** Two small numbers of a row that is asked about, in one int. */
    int ofAsked(int first, int second);

    /** Two small numbers of a row that it is held against. */
    int ofOther(int first, int second);

    /**
     * Whether of the rows that are held against those asked about the first ints lie side by side, then the second
     * ones; else row comes after row.
     */
    boolean positionAfterPosition();

    /** Rows to lay out for so many, the last ones of zeros. */
    int rows(int models);

    /**
     * Inner products of rows that are asked about with all others.
     *
     * @param rows of {@value #ASKED} rows that are asked about the numbers
     * @param span part of the rows, in ints
     * @param sums of each of them the products with all others, not yet {@link #decoded}; one longer than there are
     *     others
     */
    void products(ScreenRows asked, int[] rows, ScreenRows others, Span span, int[][] sums);

    /** The product that one of the sums stands for. */
    int decoded(int sum);

    /**
     * Numbers of signs in which they differ.
     *
     * @param span part of the rows, in longs
     */
    void differing(ScreenRows asked, int[] rows, ScreenRows others, Span span, int[][] sums);
}
