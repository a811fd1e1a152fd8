package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Integers of 2, 4 or 8 bits as compressed-tensors packs them: W[o][i] = scale[o][g] · (code − zero[o][g]), where the
 * zero of symmetric codes is half their range.
 *
 * <pre>
 *   weight_packed      (out × in · bits / 32)     the lowest bits first
 *   weight_scale       (out × groups)
 *   weight_shape       out, in
 *   weight_zero_point  (out · bits / 32 × groups) optional
 *   weight_g_idx       (in)                       optional, group of each input
 * </pre>
 */
final class CompressedMatrix implements PackedMatrix {

    private static final int[] WIDTHS = {4, 8, 2};

    private final StoredTensor packed;
    private final StoredTensor scales;
    private final @Nullable StoredTensor zeroPoints;
    private final int outputs;
    private final int bits;
    private final Groups groups;
    private final long bytes;

    CompressedMatrix(Parts parts, JsonNode settings) throws IOException {
        packed = parts.required(".weight_packed", Dtype.I32);
        scales = parts.scales(".weight_scale");
        StoredTensor shape = parts.required(".weight_shape", Dtype.I64);
        Parts.requireShape(shape, 2);
        var sizes = new long[2];
        Parts.bytes(shape).asLongBuffer().get(sizes);
        outputs = Parts.bounded(shape, sizes[0]);
        int inputs = Parts.bounded(shape, sizes[1]);
        bits = bits(inputs);
        Parts.requireShape(packed, outputs, Parts.wordsFor(inputs, bits));
        groups = Groups.of(inputs, Parts.size(scales, 1, 2), parts, ".weight_g_idx", settings);
        Parts.requireShape(scales, outputs, groups.count());
        zeroPoints = parts.has(".weight_zero_point") ? parts.required(".weight_zero_point", Dtype.I32) : null;
        if (zeroPoints != null) {
            Parts.requireShape(zeroPoints, Parts.wordsFor(outputs, bits), groups.count());
        }
        bytes = parts.bytes();
    }

    private int bits(int inputs) throws CheckpointException {
        int words = Parts.size(packed, 1, 2);
        for (int width : WIDTHS) {
            if (Parts.wordsFor(inputs, width) == words) {
                return width;
            }
        }
        throw Parts.malformed(
                packed, "expected codes of 2, 4 or 8 bits for " + inputs + " inputs, found " + packed.shape());
    }

    @Override
    public Quantisation quantisation() {
        return new Quantisation("INT" + bits, bits, groups.toString());
    }

    @Override
    public long rows() {
        return outputs;
    }

    @Override
    public int columns() {
        return groups.inputs();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void readRows(long first, int count, float[] into, int at) throws IOException {
        int inputs = groups.inputs();
        int words = Parts.wordsFor(inputs, bits);
        int[] groupOf = groups.read();
        var codes = new int[Math.multiplyExact(count, words)];
        integers(packed, first * words, codes);
        var scale = new float[Math.multiplyExact(count, groups.count())];
        scales.read(first * groups.count(), scale.length, scale, 0);
        int[] zeros = zeros((int) first, count);
        for (int row = 0; row < count; row++) {
            for (int input = 0; input < inputs; input++) {
                int group = row * groups.count() + groupOf[input];
                int code = BitStream.code(codes, row * words, 1, (long) input * bits, bits);
                into[at + row * inputs + input] = scale[group] * (code - zeros[group]);
            }
        }
    }

    private int[] zeros(int first, int count) throws IOException {
        var zeros = new int[count * groups.count()];
        if (zeroPoints == null) {
            Arrays.fill(zeros, 1 << bits - 1);
            return zeros;
        }
        int firstWord = Parts.wordsBefore(first, bits);
        int words = Parts.wordsFor(first + count, bits) - firstWord;
        var stored = new int[Math.multiplyExact(words, groups.count())];
        integers(zeroPoints, (long) firstWord * groups.count(), stored);
        for (int row = 0; row < count; row++) {
            int bit = (first + row) * bits - firstWord * Integer.SIZE;
            for (int group = 0; group < groups.count(); group++) {
                zeros[row * groups.count() + group] = BitStream.code(stored, group, groups.count(), bit, bits);
            }
        }
        return zeros;
    }

    private static void integers(StoredTensor tensor, long first, int[] into) throws IOException {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(into.length, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        tensor.readBytes(first * Integer.BYTES, bytes);
        bytes.flip().asIntBuffer().get(into);
    }
}
