package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The largest value of each block of a matrix of bitsandbytes. Nested, these are quantised themselves: absmax = table[
 * code ] · nested absmax of a block of codes + offset.
 *
 * @param stored one for each block of {@code block} values
 * @param nested null when they are stored as they are
 */
record BlockMaxima(
        StoredTensor stored,
        int block,
        @Nullable Nested nested,
        @Nullable StoredTensor nestedMaxima,
        float[] nestedTable) {

    private static final int NESTED_TABLE = 256;

    /**
     * What the state of the matrix says of the second quantisation.
     *
     * @param block codes that share a largest value
     */
    record Nested(int block, float offset) {}

    static BlockMaxima of(Parts parts, long values, int block, @Nullable Nested nested) throws IOException {
        long blocks = Math.ceilDiv(values, (long) block);
        if (nested == null) {
            return new BlockMaxima(counted(parts.scales(".weight.absmax"), blocks), block, null, null, new float[0]);
        }
        StoredTensor codes = counted(parts.required(".weight.absmax", Dtype.U8), blocks);
        StoredTensor maxima =
                counted(parts.scales(".weight.nested_absmax"), Math.ceilDiv(blocks, (long) nested.block()));
        StoredTensor map = counted(parts.scales(".weight.nested_quant_map"), NESTED_TABLE);
        var table = new float[NESTED_TABLE];
        map.read(0, NESTED_TABLE, table, 0);
        return new BlockMaxima(codes, block, nested, maxima, table);
    }

    private static StoredTensor counted(StoredTensor tensor, long expected) throws CheckpointException {
        if (tensor.elements() != expected) {
            throw Parts.malformed(tensor, "expected " + expected + " values, found " + tensor.shape());
        }
        return tensor;
    }

    /** Of the blocks that some values lie in, in order. */
    float[] read(long first, int count) throws IOException {
        long from = first / block;
        var maxima = new float[(int) ((first + count - 1) / block - from) + 1];
        stored.read(from, maxima.length, maxima, 0);
        if (nested == null || nestedMaxima == null) {
            return maxima;
        }
        long outerFrom = from / nested.block();
        var outer = new float[(int) ((from + maxima.length - 1) / nested.block() - outerFrom) + 1];
        nestedMaxima.read(outerFrom, outer.length, outer, 0);
        for (int i = 0; i < maxima.length; i++) {
            float largest = outer[(int) ((from + i) / nested.block() - outerFrom)];
            maxima[i] = nestedTable[(int) maxima[i]] * largest + nested.offset();
        }
        return maxima;
    }
}
