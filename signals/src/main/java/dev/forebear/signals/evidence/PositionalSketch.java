package dev.forebear.signals.evidence;

/**
 * K1: the first rows of the projections of all layers, centred, made unit rows, summed over the layers and compressed
 * by a count-sketch with a fixed public key for role and column, the same for every layer. Every row keeps its own
 * {@value #BUCKETS} buckets, so that two sketches can be relabelled row by row.
 *
 * @param gateUp gate and up projection rows: rows × buckets int8, scaled to the largest; zeros when there are none
 * @param gateUpEntries entries of one layer that went into it, 0 when there are none
 * @param value value projection rows of the first head: rows × buckets int8
 * @param valueEntries entries of one layer that went into it, 0 when there are none
 * @param gains ranks of the norm gains, standardised and summed: {@value #SIZE} int8
 * @param gainEntries the hidden size, or 0 when all gains are constant
 */
public record PositionalSketch(
        byte[] gateUp, int gateUpEntries, byte[] value, int valueEntries, byte[] gains, int gainEntries) {

    /** Rows of every tensor. */
    static final int ROWS = 16;

    /** Buckets of every row. */
    static final int BUCKETS = 32;

    /** Bytes of every group. */
    static final int SIZE = ROWS * BUCKETS;

    public PositionalSketch {
        for (byte[] group : new byte[][] {gateUp, value, gains}) {
            if (group.length != SIZE) {
                throw new IllegalArgumentException(
                        "positional sketch: expected " + SIZE + " bytes, found " + group.length);
            }
        }
    }
}
