package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of codes of eight bits, stored (out × in) as the matrix itself: W = scale · (code − zero).
 *
 * @param codes floats or integers of eight bits
 * @param zeros in the blocks of the scales; null where codes are symmetric
 * @param factor what all scales are multiplied with
 */
record ScaledMatrix(
        StoredTensor codes,
        ScaleGrid scales,
        @Nullable ScaleGrid zeros,
        float factor,
        Quantisation quantisation,
        long bytes)
        implements PackedMatrix {

    @Override
    public long rows() {
        return scales.rows();
    }

    @Override
    public int columns() {
        return scales.columns();
    }

    @Override
    public void readRows(long first, int count, float[] into, int at) throws IOException {
        int values = Math.multiplyExact(count, columns());
        codes.read(first * columns(), values, into, at);
        if (zeros != null) {
            zeros.subtract(first, count, into, at);
        }
        scales.scale(first, count, into, at);
        if (factor != 1) {
            for (int i = at; i < at + values; i++) {
                into[i] *= factor;
            }
        }
    }
}
