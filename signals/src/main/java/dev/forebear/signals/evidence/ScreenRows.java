package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.PreparedSketch.Group;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models of one layout spread out to be screened: of each a row of numbers, two to an int, and a row of signs. Sketches
 * are rounded to vectors of about equal length, neuron scalars are halved, in chunks of layers whose sums fit.
 *
 * <p>Parts begin where the first turn of a loop that the compiler vectorised ends on a boundary of 64 bytes, and are
 * one longer than a multiple of such vectors, in an array so long that it begins at such a boundary, with some
 * collectors of garbage: otherwise up to half of the time goes into what is left over. What lies position after
 * position needs none of it.
 */
final class ScreenRows {

    /** Length to which a sketch is scaled before it is rounded; less where one of its parts would be too long. */
    static final double LENGTH = 240;

    /** Parts of a sketch whose products are summed one by one. */
    static final int PARTS = 2;

    /** Most that a part may have of it: with the largest error of rounding still within what sums can hold. */
    private static final double PART_LENGTH = 173;

    /** Layers whose neuron scalars are summed at once: 47 times twice the squares of the halves of 16 ranks. */
    static final int CHUNK = 47;

    /** Ints of a part of a rounded sketch, and one of zeros. */
    static final int PART = PositionalSketch.SIZE / 2 / PARTS + 1;

    static final int PART_STRIDE = PART + 15;

    /** Ints of the neuron scalars of one layer. */
    static final int LAYER = NeuronScalars.NEURONS;

    static final int GATE_UP_AT = 11;
    static final int VALUE_AT = GATE_UP_AT + PARTS * PART_STRIDE;
    static final int NEURONS_AT = VALUE_AT + PARTS * PART_STRIDE;
    static final int CHUNK_STRIDE = CHUNK * LAYER + 16;
    static final int SIGNS_AT = 5;

    private static final int FEWEST_INTS = 1 << 20;
    private static final int LONGS = 8;

    private final ScreenLoops loops;
    private final boolean asked;
    private int[] numbers = new int[0];
    private long[] signs = new long[0];
    private int rowStep;
    private int positionStep;
    private int signRowStep;
    private int signLongs;
    private int functionLongs;
    private int geometryLongs;
    private RowStatistics[] statistics = new RowStatistics[0];

    /** @param asked whether these are asked about, or held against those that are */
    ScreenRows(ScreenLoops loops, boolean asked) {
        this.loops = loops;
        this.asked = asked;
    }

    /** Replaces what it holds. */
    void fill(ScreenLayout layout, List<PreparedEvidence> models) {
        int chunks = layout.layers() / CHUNK;
        int stride = NEURONS_AT - GATE_UP_AT + chunks * CHUNK_STRIDE + layout.layers() % CHUNK * LAYER + 16;
        signLongs = SignBits.longs(layout.width() * layout.width());
        functionLongs = oneMoreThanVectors(2 * signLongs);
        geometryLongs = oneMoreThanVectors(SignBits.longs(layout.width() * (layout.width() + 1) / 2));
        int signStride = wholeVectors(functionLongs) + wholeVectors(geometryLongs);
        boolean positionAfterPosition = !asked && loops.positionAfterPosition();
        int rows = positionAfterPosition ? loops.rows(models.size()) : models.size();
        rowStep = positionAfterPosition ? 1 : stride;
        positionStep = positionAfterPosition ? rows : 1;
        signRowStep = positionAfterPosition ? 1 : signStride;
        numbers = cleared(numbers, GATE_UP_AT * positionStep + stride * rows);
        signs = cleared(signs, SIGNS_AT * positionStep + signStride * rows);
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
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    private static long[] cleared(long[] array, int length) {
        if (array.length < length) {
            return new long[Math.max(FEWEST_INTS / 2, length)];
        }
        Arrays.fill(array, 0, length, 0);
        return array;
    }

    private RowStatistics write(PreparedEvidence model, int row) {
        PreparedSketch sketch = model.positional();
        PreparedFunctionals functionals = model.functionals();
        if (functionals != null) {
            write(functionals, row);
        }
        return new RowStatistics(
                sketch == null ? RoundedSketch.NONE : round(sketch.gateUp(), row, GATE_UP_AT),
                sketch == null ? RoundedSketch.NONE : round(sketch.value(), row, VALUE_AT),
                neurons(model.neurons(), row));
    }

    private void write(PreparedFunctionals functionals, int row) {
        long[] all = new long[geometryAt() + geometryLongs];
        functionals.copySigns(all, queryKeyAt(), feedForwardAt(), geometryAt());
        for (int position = SIGNS_AT; position < all.length; position++) {
            signs[signsAt(row, position)] = all[position];
        }
    }

    private RoundedSketch round(Group group, int row, int from) {
        if (group.norm() == 0) {
            return RoundedSketch.NONE;
        }
        double scale = Math.min(LENGTH / group.norm(), PART_LENGTH / longestPart(group));
        double squares = 0;
        double errors = 0;
        for (int i = 0; i < PositionalSketch.SIZE; i += 2) {
            double first = scale * PackedBytes.at(group.packed(), i);
            double second = scale * PackedBytes.at(group.packed(), i + 1);
            int one = (int) Math.rint(first);
            int other = (int) Math.rint(second);
            squares += one * one + other * other;
            errors += (first - one) * (first - one) + (second - other) * (second - other);
            int at = from + i / 2 / (PART - 1) * PART_STRIDE + i / 2 % (PART - 1);
            numbers[numberAt(row, at)] = pair(one, other);
        }
        return new RoundedSketch(scale * group.norm(), Math.sqrt(squares), Math.sqrt(errors), group.entries());
    }

    private static double longestPart(Group group) {
        double longest = 0;
        int ints = group.packed().length / PARTS;
        for (int part = 0; part < PARTS; part++) {
            int at = part * ints;
            longest = Math.max(longest, PackedBytes.dot(group.packed(), at, group.packed(), at, ints));
        }
        return Math.sqrt(longest);
    }

    private NeuronLimits neurons(@Nullable PreparedNeurons neurons, int row) {
        if (neurons == null) {
            return NeuronLimits.NONE;
        }
        for (int layer = 0; layer < neurons.layers(); layer++) {
            int from = NEURONS_AT + layer / CHUNK * CHUNK_STRIDE + layer % CHUNK * LAYER;
            for (int i = 0; i < NeuronScalars.NEURONS; i += 2) {
                numbers[numberAt(row, from + i / 2)] = halves(neurons.first(layer, i), neurons.first(layer, i + 1));
                numbers[numberAt(row, from + (LAYER + i) / 2)] =
                        halves(neurons.second(layer, i), neurons.second(layer, i + 1));
            }
        }
        return neurons.limits();
    }

    private int halves(int first, int second) {
        return pair(PreparedNeurons.half(first), PreparedNeurons.half(second));
    }

    private int pair(int first, int second) {
        return asked ? loops.ofAsked(first, second) : loops.ofOther(first, second);
    }

    ScreenLoops loops() {
        return loops;
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

    /** Where the numbers at this position of a row are. */
    int numberAt(int row, int position) {
        return row * rowStep + position * positionStep;
    }

    long[] signs() {
        return signs;
    }

    int signsAt(int row, int position) {
        return row * signRowStep + position * positionStep;
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
