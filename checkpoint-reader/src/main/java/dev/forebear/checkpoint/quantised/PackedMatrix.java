package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.Quantisation;
import java.io.IOException;

/** A matrix (rows × columns) whose values are packed in other tensors. */
interface PackedMatrix {

    Quantisation quantisation();

    long rows();

    int columns();

    /** Writes rows {@code first} to {@code first + count - 1}, one after another, from {@code at} on. */
    void readRows(long first, int count, float[] into, int at) throws IOException;

    /** Bytes of all parts. */
    long bytes();
}
