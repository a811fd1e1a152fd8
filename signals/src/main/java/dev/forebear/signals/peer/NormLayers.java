package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Norm layer fingerprint (the peer's NLF): the gains (and biases) of the normalisations, one after another in the order
 * of their names. Costs those vectors, some kilobytes a layer. Gains are positive and near each other in every trained
 * model, so their cosine is near 1 between strangers.
 *
 * @param mode whether the vectors themselves are compared, or four statistics of each
 * @param values in the order of names
 * @param vectors number of vectors
 */
record NormLayers(Mode mode, float[] values, int vectors) {

    /** What the values are. */
    enum Mode {
        /** The vectors, all of one length. */
        DIRECT,
        /** Mean, standard deviation, largest and smallest of each vector. */
        STATS;

        /** Name on the wire. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int SHORTEST = 64;
    private static final int MOST_VALUES = 1 << 24;
    private static final int FEWEST_COMPARED = 4;

    /** Null when no tensor qualifies, or more than 16 Mi values do. */
    static @Nullable NormLayers of(List<Tensor> tensors) throws IOException {
        List<Tensor> chosen = new ArrayList<>();
        long total = 0;
        for (Tensor tensor : tensors) {
            if (qualifies(tensor)) {
                chosen.add(tensor);
                total += tensor.elements();
            }
        }
        if (chosen.isEmpty() || total > MOST_VALUES) {
            return null;
        }
        boolean direct = chosen.stream().mapToLong(Tensor::elements).distinct().count() == 1;
        return direct ? direct(chosen, (int) total) : stats(chosen);
    }

    private static boolean qualifies(Tensor tensor) {
        return tensor.shape().size() == 1
                && tensor.elements() >= SHORTEST
                && tensor.elements() <= MOST_VALUES
                && tensor.dtype().isPlainFloat()
                && TensorNames.isNorm(tensor.name());
    }

    private static NormLayers direct(List<Tensor> tensors, int total) throws IOException {
        float[] values = new float[total];
        int at = 0;
        for (Tensor tensor : tensors) {
            tensor.read(0, (int) tensor.elements(), values, at);
            at += (int) tensor.elements();
        }
        return new NormLayers(Mode.DIRECT, values, tensors.size());
    }

    private static NormLayers stats(List<Tensor> tensors) throws IOException {
        float[] values = new float[4 * tensors.size()];
        for (int i = 0; i < tensors.size(); i++) {
            float[] vector = new float[(int) tensors.get(i).elements()];
            tensors.get(i).read(0, vector.length, vector, 0);
            writeStats(vector, 0, vector.length, values, 4 * i);
        }
        return new NormLayers(Mode.STATS, values, tensors.size());
    }

    /** Cosine, 0 to 1, rounded; of statistics when the vectors are of different length; null when not defined. */
    static @Nullable Double similarity(NormLayers a, NormLayers b) {
        boolean direct = a.mode == Mode.DIRECT && b.mode == Mode.DIRECT && a.values.length == b.values.length;
        float[] left = direct ? a.values : a.asStats();
        float[] right = direct ? b.values : b.asStats();
        int length = Math.min(left.length, right.length);
        return length < FEWEST_COMPARED
                ? null
                : VectorSimilarity.clampedToUnit(VectorSimilarity.cosine(left, right, length));
    }

    private float[] asStats() {
        if (mode == Mode.STATS) {
            return values;
        }
        float[] stats = new float[4 * vectors];
        int length = values.length / vectors;
        for (int i = 0; i < vectors; i++) {
            writeStats(values, i * length, length, stats, 4 * i);
        }
        return stats;
    }

    private static void writeStats(float[] values, int from, int count, float[] into, int at) {
        double sum = 0;
        float largest = Float.NEGATIVE_INFINITY;
        float smallest = Float.POSITIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
            largest = Math.max(largest, values[i]);
            smallest = Math.min(smallest, values[i]);
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        into[at] = (float) mean;
        into[at + 1] = (float) Math.sqrt(squares / count);
        into[at + 2] = largest;
        into[at + 3] = smallest;
    }
}
