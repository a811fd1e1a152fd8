package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import java.io.IOException;

/**
 * A matrix as GPTQ packs it: y = W x with W[o][i] = scale[g][o] · (code − zero[g][o]), where g is the group of input i.
 *
 * <pre>
 *   qweight  (in · bits / 32 × out)     codes, a bit stream down each column
 *   qzeros   (groups × out · bits / 32) zeros, a bit stream along each row
 *   scales   (groups × out)
 *   g_idx    (in)                       group of each input; inputs in order without it
 * </pre>
 *
 * Up to format version 1 the zeros are stored less one. Reading rows of W reads columns of qweight.
 *
 * @see <a href="https://arxiv.org/abs/2210.17323">GPTQ: Accurate Post-Training Quantization</a>
 */
final class GptqMatrix implements PackedMatrix {

    private final StoredTensor qweight;
    private final StoredTensor qzeros;
    private final StoredTensor scales;
    private final int bits;
    private final int outputs;
    private final Groups groups;
    private final int zeroOffset;
    private final long bytes;

    GptqMatrix(Parts parts, JsonNode settings) throws CheckpointException {
        qweight = parts.required(".qweight", Dtype.I32);
        qzeros = parts.required(".qzeros", Dtype.I32);
        scales = parts.scales(".scales");
        outputs = Parts.size(qweight, 1, 2);
        bits = bits();
        groups = Groups.of(inputs(), Parts.size(scales, 0, 2), parts, ".g_idx", settings);
        Parts.requireShape(scales, groups.count(), outputs);
        Parts.requireShape(qzeros, groups.count(), (long) outputs * bits / Integer.SIZE);
        zeroOffset = settings.path("checkpoint_format").asText("").equals("gptq_v2") ? 0 : 1;
        bytes = parts.bytes();
    }

    /** Zeros have as many bits as codes, and there is one for each output. */
    private int bits() throws CheckpointException {
        long all = Parts.size(qzeros, 1, 2) * (long) Integer.SIZE;
        long found = all / outputs;
        if (all % outputs != 0 || (found != 2 && found != 3 && found != 4 && found != 8)) {
            throw Parts.malformed(
                    qzeros, "expected zeros of 2, 3, 4 or 8 bits for " + outputs + " outputs, found " + qzeros.shape());
        }
        return (int) found;
    }

    private int inputs() throws CheckpointException {
        long all = Parts.size(qweight, 0, 2) * (long) Integer.SIZE;
        if (all % bits != 0) {
            throw Parts.malformed(qweight, "expected words full of codes of 3 bits, found " + qweight.shape());
        }
        return Parts.bounded(qweight, all / bits);
    }

    @Override
    public Quantisation quantisation() {
        return new Quantisation("GPTQ " + bits + " bit", bits, groups.toString());
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
        int[] groupOf = groups.read();
        int[] codes = new Window(qweight, Parts.wordsFor(inputs, bits), outputs).words(output, count);
        float[] scale = new Window(scales, groups.count(), outputs).floats(output, count);
        int[] zero = zeros(output, count);
        for (int row = 0; row < count; row++) {
            for (int input = 0; input < inputs; input++) {
                int group = groupOf[input] * count + row;
                int code = BitStream.code(codes, row, count, (long) input * bits, bits);
                into[at + row * inputs + input] = scale[group] * (code - zero[group]);
            }
        }
    }

    private int[] zeros(int output, int count) throws IOException {
        int firstWord = Parts.wordsBefore(output, bits);
        int words = Parts.wordsFor(output + count, bits) - firstWord;
        int[] packed = new Window(qzeros, groups.count(), Parts.wordsFor(outputs, bits)).words(firstWord, words);
        int skipped = firstWord * Integer.SIZE;
        var zeros = new int[groups.count() * count];
        for (int group = 0; group < groups.count(); group++) {
            for (int row = 0; row < count; row++) {
                int bit = (output + row) * bits - skipped;
                int stored = BitStream.code(packed, group * words, 1, bit, bits);
                zeros[group * count + row] = stored + zeroOffset & (1 << bits) - 1;
            }
        }
        return zeros;
    }
}
