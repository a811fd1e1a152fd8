package dev.forebear.checkpoint.quantised;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of MXFP4 blocks: 32 values of 4 bits (E2M1) that share a power of two.
 *
 * <pre>
 *   _blocks  (experts × rows × columns / 32 × 16)  two codes a byte, the first in the low bits
 *   _scales  (experts × rows × columns / 32)       exponent + 127
 * </pre>
 *
 * Gate and up of an expert take turns row by row in one tensor.
 *
 * @param firstRow row of the tensor that is row 0 of the matrix
 * @param stride rows of the tensor from one row of the matrix to the next
 * @see <a href="https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf">OCP MX</a>
 */
record MicroscaledMatrix(
        StoredTensor blocks, StoredTensor scales, long firstRow, int stride, long rows, int columns, long bytes)
        implements PackedMatrix {

    private static final int BLOCK = 32;
    private static final int BLOCK_BYTES = BLOCK / 2;
    private static final int EXPERTS_LIMIT = 4_096;
    private static final int EXPONENT_NAN = 0xff;
    private static final int BIAS = 127;
    private static final float[] E2M1 = {0, .5f, 1, 1.5f, 2, 3, 4, 6, -0f, -.5f, -1, -1.5f, -2, -3, -4, -6};

    /** The matrices of all experts, named as those of models that store each expert by itself. */
    static List<Tensor> experts(String stem, Parts parts) throws CheckpointException {
        StoredTensor blocks = parts.required("_blocks", Dtype.U8);
        StoredTensor scales = parts.required("_scales", Dtype.U8);
        int experts = Parts.size(blocks, 0, 4);
        int rows = Parts.size(blocks, 1, 4);
        int groups = Parts.size(blocks, 2, 4);
        Parts.requireShape(blocks, experts, rows, groups, BLOCK_BYTES);
        Parts.requireShape(scales, experts, rows, groups);
        if (experts > EXPERTS_LIMIT) {
            throw Parts.malformed(blocks, "expected at most " + EXPERTS_LIMIT + " experts, found " + experts);
        }
        List<String> names = names(stem.substring(stem.lastIndexOf('.') + 1));
        if (rows % names.size() != 0) {
            throw Parts.malformed(blocks, "expected rows of gate and up in pairs, found " + rows);
        }
        int columns = Parts.bounded(blocks, (long) groups * BLOCK);
        String prefix = stem.substring(0, stem.lastIndexOf('.') + 1);
        var matrices = new ArrayList<Tensor>();
        for (int expert = 0; expert < experts; expert++) {
            for (int part = 0; part < names.size(); part++) {
                long bytes = parts.bytes() / experts / names.size();
                matrices.add(new DequantisedTensor(
                        prefix + expert + "." + names.get(part) + ".weight",
                        new MicroscaledMatrix(
                                blocks,
                                scales,
                                (long) expert * rows + part,
                                names.size(),
                                rows / names.size(),
                                columns,
                                bytes)));
            }
        }
        return matrices;
    }

    private static List<String> names(String stored) {
        return stored.equals("gate_up_proj") ? List.of("gate_proj", "up_proj") : List.of(stored);
    }

    @Override
    public Quantisation quantisation() {
        return Quantisation.of("MXFP4", 4);
    }

    @Override
    public void readRows(long first, int count, float[] into, int at) throws IOException {
        int groups = columns / BLOCK;
        int width = groups * BLOCK_BYTES;
        long from = firstRow + first * stride;
        int span = (count - 1) * stride + 1;
        var codes = new byte[Math.multiplyExact(span, width)];
        var exponents = new byte[span * groups];
        blocks.readBytes(from * width, ByteBuffer.wrap(codes));
        scales.readBytes(from * groups, ByteBuffer.wrap(exponents));
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < columns; column++) {
                int pair = codes[row * stride * width + column / 2];
                int code = column % 2 == 0 ? pair & 0xf : pair >>> 4 & 0xf;
                float power = power(exponents[row * stride * groups + column / BLOCK]);
                into[at + row * columns + column] = E2M1[code] * power;
            }
        }
    }

    private static float power(byte exponent) {
        int stored = Byte.toUnsignedInt(exponent);
        return stored == EXPONENT_NAN ? Float.NaN : Math.scalb(1f, stored - BIAS);
    }
}
