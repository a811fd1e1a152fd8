package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.PreparedSketch.Group;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models of one layout spread out to be screened: of each a row of numbers, two to an int, and a row of signs. Sketches
 * are rounded to vectors of about equal length, neuron scalars are halved, in chunks of layers whose sums fit.
 *
 * <p>Parts begin where the first turn of a vectorised loop ends on a boundary of 64 bytes, and are one longer than a
 * multiple of such vectors, in an array so long that it begins at such a boundary: otherwise a third of the time goes
 * into what is left over.
 */
final class ScreenRows {

    /** Length of a rounded sketch; with the error of rounding still within what sums can hold. */
    static final double LENGTH = 169;

    /** Layers whose neuron scalars are summed at once: 47 times twice the squares of the halves of 16 ranks. */
    static final int CHUNK = 47;

    /** Ints of a rounded sketch, and one of zeros. */
    static final int SKETCH = PositionalSketch.SIZE / 2 + 1;

    /** Ints of the neuron scalars of one layer. */
    static final int LAYER = NeuronScalars.NEURONS;

    static final int GATE_UP_AT = 11;
    static final int VALUE_AT = GATE_UP_AT + SKETCH + 15;
    static final int NEURONS_AT = VALUE_AT + SKETCH + 15;
    static final int CHUNK_STRIDE = CHUNK * LAYER + 16;
    static final int SIGNS_AT = 5;

    private static final int FEWEST_INTS = 1 << 20;
    private static final int LONGS = 8;

    private final boolean swapped;
    private int[] numbers = new int[0];
    private long[] signs = new long[0];
    private int stride;
    private int signStride;
    private int signLongs;
    private int functionLongs;
    private int geometryLongs;
    private RowStatistics[] statistics = new RowStatistics[0];

    /** @param swapped whether the pairs are swapped, as one side of a product must be */
    ScreenRows(boolean swapped) {
        this.swapped = swapped;
    }

    /** Replaces what it holds. */
    void fill(ScreenLayout layout, List<PreparedEvidence> models) {
        int chunks = layout.layers() / CHUNK;
        stride = NEURONS_AT - GATE_UP_AT + chunks * CHUNK_STRIDE + layout.layers() % CHUNK * LAYER + 16;
        signLongs = SignBits.longs(layout.width() * layout.width());
        functionLongs = oneMoreThanVectors(2 * signLongs);
        geometryLongs = oneMoreThanVectors(SignBits.longs(layout.width() * (layout.width() + 1) / 2));
        signStride = wholeVectors(functionLongs) + wholeVectors(geometryLongs);
        numbers = cleared(numbers, GATE_UP_AT + stride * models.size());
        signs = cleared(signs, SIGNS_AT + signStride * models.size());
        statistics = new RowStatistics[models.size()];
        for (int row = 0; row < models.size(); row++) {
            statistics[row] = write(models.get(row), row);
        }
    }

    private static int oneMoreThanVectors(int longs) {
        return (longs + LONGS - 2) / LONGS * LONGS + 1;
    }

    private static int wholeVectors(int longs) {
        return (longs + LONGS - 1) / LONGS * LONGS;
    }

    private static int[] cleared(int[] array, int length) {
        if (array.length < length) {
            return new int[Math.max(FEWEST_INTS, length)];
        }
        Arrays.fill(array, 0);
        return array;
    }

    private static long[] cleared(long[] array, int length) {
        if (array.length < length) {
            return new long[Math.max(FEWEST_INTS / 2, length)];
        }
        Arrays.fill(array, 0);
        return array;
    }

    private RowStatistics write(PreparedEvidence model, int row) {
        PreparedSketch sketch = model.positional();
        PreparedFunctionals functionals = model.functionals();
        if (functionals != null) {
            int at = row * signStride;
            functionals.copySigns(signs, at + queryKeyAt(), at + feedForwardAt(), at + geometryAt());
        }
        return new RowStatistics(
                sketch == null ? RoundedSketch.NONE : round(sketch.gateUp(), row * stride + GATE_UP_AT),
                sketch == null ? RoundedSketch.NONE : round(sketch.value(), row * stride + VALUE_AT),
                neurons(model.neurons(), row * stride + NEURONS_AT));
    }

    private RoundedSketch round(Group group, int at) {
        if (group.norm() == 0) {
            return RoundedSketch.NONE;
        }
        double scale = LENGTH / group.norm();
        double squares = 0;
        double errors = 0;
        for (int i = 0; i < PositionalSketch.SIZE; i += 2) {
            double first = scale * PackedBytes.at(group.packed(), i);
            double second = scale * PackedBytes.at(group.packed(), i + 1);
            int one = (int) Math.rint(first);
            int other = (int) Math.rint(second);
            squares += one * one + other * other;
            errors += (first - one) * (first - one) + (second - other) * (second - other);
            numbers[at + i / 2] = pair(one, other);
        }
        return new RoundedSketch(Math.sqrt(squares), Math.sqrt(errors), group.entries());
    }

    private NeuronLimits neurons(@Nullable PreparedNeurons neurons, int at) {
        if (neurons == null) {
            return NeuronLimits.NONE;
        }
        for (int layer = 0; layer < neurons.layers(); layer++) {
            int to = at + layer / CHUNK * CHUNK_STRIDE + layer % CHUNK * LAYER;
            for (int i = 0; i < NeuronScalars.NEURONS; i += 2) {
                numbers[to + i / 2] = halves(neurons.first(layer, i), neurons.first(layer, i + 1));
                numbers[to + LAYER / 2 + i / 2] = halves(neurons.second(layer, i), neurons.second(layer, i + 1));
            }
        }
        return neurons.limits(CHUNK);
    }

    private int halves(int first, int second) {
        return pair(PreparedNeurons.half(first), PreparedNeurons.half(second));
    }

    private int pair(int first, int second) {
        return swapped ? PairedShorts.swapped(first, second) : PairedShorts.straight(first, second);
    }

    int size() {
        return statistics.length;
    }

    RowStatistics statistics(int row) {
        return statistics[row];
    }

    int[] numbers() {
        return numbers;
    }

    /** Where the numbers of a row begin; parts begin so many further. */
    int numbersOf(int row) {
        return row * stride;
    }

    long[] signs() {
        return signs;
    }

    int signsOf(int row) {
        return row * signStride;
    }

    int queryKeyAt() {
        return SIGNS_AT;
    }

    int feedForwardAt() {
        return SIGNS_AT + signLongs;
    }

    int geometryAt() {
        return SIGNS_AT + wholeVectors(functionLongs);
    }

    /** Longs of the signs of both kinds of function, with zeros behind them. */
    int functionLongs() {
        return functionLongs;
    }

    int geometryLongs() {
        return geometryLongs;
    }

    /** What bounds all of them. */
    RowStatistics widest() {
        RowStatistics widest = statistics[0];
        for (RowStatistics row : statistics) {
            widest = new RowStatistics(
                    widest.gateUp().widest(row.gateUp()),
                    widest.value().widest(row.value()),
                    widest.neurons().widest(row.neurons()));
        }
        return widest;
    }

    /** Longs of the signs of one kind of function. */
    int signLongs() {
        return signLongs;
    }
}
