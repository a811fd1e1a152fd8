package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;

/**
 * A matrix as AWQ packs it for its GEMM kernels: W[o][i] = scale[g][o] · (code − zero[g][o]), codes and zeros of 4
 * bits.
 *
 * <pre>
 *   qweight  (in × out / 8)      eight outputs in each word,
 *   qzeros   (groups × out / 8)  from the lowest bits 0 2 4 6 1 3 5 7
 *   scales   (groups × out)
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2306.00978">AWQ: Activation-aware Weight Quantization</a>
 */
final class AwqMatrix implements PackedMatrix {

    private static final int BITS = 4;
    private static final int IN_WORD = Integer.SIZE / BITS;

    /** Where in its word the code of an output lies, by the output's place among the eight. */
    private static final int[] PLACES = {0, 4, 1, 5, 2, 6, 3, 7};

    private final StoredTensor qweight;
    private final StoredTensor qzeros;
    private final StoredTensor scales;
    private final int outputs;
    private final Groups groups;
    private final long bytes;

    AwqMatrix(Parts parts, JsonNode settings) throws CheckpointException {
        qweight = parts.required(".qweight", Dtype.I32);
        qzeros = parts.required(".qzeros", Dtype.I32);
        scales = parts.scales(".scales");
        int words = Parts.size(qweight, 1, 2);
        outputs = Parts.bounded(qweight, (long) words * IN_WORD);
        groups = Groups.of(Parts.size(qweight, 0, 2), Parts.size(scales, 0, 2), parts, ".g_idx", settings);
        Parts.requireShape(scales, groups.count(), outputs);
        Parts.requireShape(qzeros, groups.count(), words);
        bytes = parts.bytes();
    }

    @Override
    public Quantisation quantisation() {
        return new Quantisation("AWQ 4 bit", BITS, groups.toString());
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
        int output = (int) first;
        int inputs = groups.inputs();
        int firstWord = output / IN_WORD;
        int words = Math.ceilDiv(output + count, IN_WORD) - firstWord;
        int[] groupOf = groups.read();
        int[] codes = new Window(qweight, inputs, outputs / IN_WORD).words(firstWord, words);
        int[] zeros = new Window(qzeros, groups.count(), outputs / IN_WORD).words(firstWord, words);
        float[] scale = new Window(scales, groups.count(), outputs).floats(output, count);
        for (int row = 0; row < count; row++) {
            int word = (output + row) / IN_WORD - firstWord;
            int shift = PLACES[(output + row) % IN_WORD] * BITS;
            for (int input = 0; input < inputs; input++) {
                int group = groupOf[input];
                int code = codes[input * words + word] >>> shift & 0xf;
                int zero = zeros[group * words + word] >>> shift & 0xf;
                into[at + row * inputs + input] = scale[group * count + row] * (code - zero);
            }
        }
    }
}
