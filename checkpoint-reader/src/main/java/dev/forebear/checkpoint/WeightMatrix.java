package dev.forebear.checkpoint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A linear map or a table in the layout of PyTorch, (out × in), y = W x, whatever the layout of the tensor behind it:
 * transposed, fused with others, or one of several experts. Row {@code i} is what makes output {@code i}; row {@code i}
 * of an embedding is the vector of token {@code i}.
 */
public interface WeightMatrix {

    int rows();

    int columns();

    /** The stored tensor, for messages. */
    String name();

    /** Dtype of the stored tensor. */
    Dtype dtype();

    /** Whether rows do not lie one after another, so that reading any row reads nearly the whole matrix. */
    default boolean rowsAreApart() {
        return false;
    }

    /** How the stored tensor is packed; null for plain values. */
    default @Nullable Quantisation quantisation() {
        return null;
    }

    /**
     * Reads rows {@code first} to {@code first + count - 1} into {@code into}, one after another from index 0. Where
     * rows are not contiguous in the file (a transposed tensor), reading many at once costs no more than reading one.
     */
    void readRows(int first, int count, float[] into) throws IOException;
}
