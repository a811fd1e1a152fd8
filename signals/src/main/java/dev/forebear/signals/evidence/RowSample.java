package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.signals.statistics.RandomPermutation;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.StableHash;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.FoldedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Unit rows of gate, up and value of every layer, at positions that two models have in common. Wide rows are compressed
 * to {@value #COLUMNS} columns by a count-sketch. 50 MB of a model of 7 billion parameters.
 *
 * @param units one for every MLP, experts on their own
 */
record RowSample(List<Unit> units) {

    private static final int ROWS = 64;
    private static final int BLOCK = 16;
    private static final int COLUMNS = 512;
    static final int EXPERTS = 8;
    private static final long SEED = 0x526F7773L;
    private static final long COLUMN_KEY = 5;

    /**
     * Rows of one MLP and of the attention before it.
     *
     * @param layer index of the layer
     * @param gate rows of gate; null without one
     * @param up rows of up
     * @param value rows of value; null when not recognised
     */
    record Unit(int layer, double @Nullable [][] gate, double[][] up, double @Nullable [][] value) {}

    /**
     * Where both models are read.
     *
     * @param neurons first rows of blocks of neurons
     * @param block rows in a block
     * @param values rows of value from 0
     * @param exchangeable rows of value, from 0 on, that share a head and so could have been numbered otherwise
     */
    record Positions(List<Integer> neurons, int block, int values, int exchangeable) {

        static Positions within(Transformer a, Transformer b) {
            int neurons = Math.min(fewestNeurons(a), fewestNeurons(b));
            int exchangeable = Math.min(ROWS, Math.min(a.headSize(), b.headSize()));
            int present = Math.min(ROWS, Math.min(fewestValues(a), fewestValues(b)));
            int values = a.headSize() == b.headSize() ? present : Math.min(present, exchangeable);
            return neurons <= ROWS
                    ? new Positions(List.of(0), neurons, values, exchangeable)
                    : new Positions(blocks(neurons), BLOCK, values, exchangeable);
        }

        private static List<Integer> blocks(int neurons) {
            int[] order = new RandomPermutation(neurons / BLOCK, SEED).next();
            return Arrays.stream(order)
                    .limit(ROWS / BLOCK)
                    .sorted()
                    .map(i -> i * BLOCK)
                    .boxed()
                    .toList();
        }

        private static int fewestValues(Transformer transformer) {
            return transformer.layers().stream()
                    .flatMap(layer -> Stream.ofNullable(layer.value()))
                    .mapToInt(WeightMatrix::rows)
                    .min()
                    .orElse(0);
        }

        private static int fewestNeurons(Transformer transformer) {
            return transformer.layers().stream()
                    .flatMap(layer -> layer.mlps().stream())
                    .mapToInt(mlp -> mlp.up().rows())
                    .min()
                    .orElse(0);
        }
    }

    static RowSample read(Transformer transformer, Positions positions, Findings findings) throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        List<Unit> units = new ArrayList<>();
        for (Layer layer : transformer.layers()) {
            double[] gain = reader.gain(layer.mlpNormGain());
            WeightMatrix valueMatrix = layer.value();
            double[][] value = valueMatrix == null
                    ? null
                    : units(reader.read(valueMatrix, reader.gain(layer.attentionNormGain()), 0, positions.values()));
            for (Mlp mlp : mlps(layer)) {
                WeightMatrix gate = mlp.gate();
                units.add(new Unit(
                        layer.index(),
                        gate == null ? null : neurons(reader, gate, gain, positions),
                        neurons(reader, mlp.up(), gain, positions),
                        value));
            }
        }
        return new RowSample(List.copyOf(units));
    }

    /** The MLPs of a layer that are compared: all, or the first experts. */
    static List<Mlp> mlps(Layer layer) {
        return layer.mlps().subList(0, Math.min(EXPERTS, layer.mlps().size()));
    }

    private static double[][] neurons(
            FoldedRows reader, WeightMatrix matrix, double @Nullable [] gain, Positions positions) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (int first : positions.neurons()) {
            rows.addAll(Arrays.asList(reader.read(matrix, gain, first, positions.block())));
        }
        return units(rows.toArray(double[][]::new));
    }

    private static double[][] units(double[][] rows) {
        Rows.dropDuplicates(rows);
        double[][] narrow = rows.length > 0 && rows[0].length > COLUMNS ? compressed(rows) : rows;
        Rows.normalise(narrow);
        return narrow;
    }

    private static double[][] compressed(double[][] rows) {
        double[][] narrow = new double[rows.length][COLUMNS];
        for (int j = 0; j < rows[0].length; j++) {
            long key = StableHash.of(COLUMN_KEY, j);
            int column = (int) (key >>> 40) & (COLUMNS - 1);
            for (int i = 0; i < rows.length; i++) {
                narrow[i][column] += (key & 1) == 0 ? rows[i][j] : -rows[i][j];
            }
        }
        return narrow;
    }
}
