package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.statistics.SortedRanks;
import dev.forebear.signals.statistics.StableHash;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.FoldedRows;
import dev.forebear.signals.weights.NormGains;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the positional sketch (K1). Reads 16 rows of gate, up and value of every layer and all norm gains: 12 MB of a
 * model of 7 billion parameters. Of a mixture of experts the first {@value Experts#MOST} experts of a layer count as
 * layers of their own.
 */
final class PositionalSketcher {

    private static final long GATE = 1;
    private static final long UP = 2;
    private static final long VALUE = 3;
    private static final long GAIN = 4;

    private final Transformer transformer;
    private final FoldedRows reader;
    private final double[] gateUp = new double[PositionalSketch.SIZE];
    private final double[] value = new double[PositionalSketch.SIZE];
    private final Map<Long, long[]> keysOfRoles = new HashMap<>();
    private int gateUpEntries;
    private int valueEntries;

    PositionalSketcher(Transformer transformer, Findings findings) {
        this.transformer = transformer;
        this.reader = new FoldedRows(transformer, findings);
    }

    /** Null when neither rows nor gains could be read. */
    @Nullable
    PositionalSketch sketch() throws IOException {
        for (Layer layer : transformer.layers()) {
            addMlps(layer);
            addValue(layer);
        }
        double[] gains = gains();
        boolean constant = Rows.isZero(gains);
        if (Rows.isZero(gateUp) && Rows.isZero(value) && constant) {
            return null;
        }
        return new PositionalSketch(
                Quantised.of(gateUp),
                Rows.isZero(gateUp) ? 0 : gateUpEntries,
                Quantised.of(value),
                Rows.isZero(value) ? 0 : valueEntries,
                Quantised.of(gains),
                constant ? 0 : transformer.hiddenSize());
    }

    private void addMlps(Layer layer) throws IOException {
        double[] gain = reader.gain(layer.mlpNormGain());
        for (Mlp mlp : Experts.of(layer)) {
            int entries = add(mlp.up(), gain, PositionalSketch.ROWS, UP, gateUp);
            WeightMatrix gate = mlp.gate();
            if (gate != null) {
                entries += add(gate, gain, PositionalSketch.ROWS, GATE, gateUp);
            }
            gateUpEntries = Math.max(gateUpEntries, entries);
        }
    }

    // Only inside one head are value rows interchangeable, so rows beyond the first head are left out.
    private void addValue(Layer layer) throws IOException {
        WeightMatrix matrix = layer.value();
        if (matrix != null) {
            double[] gain = reader.gain(layer.attentionNormGain());
            int rows = Math.min(PositionalSketch.ROWS, transformer.headSize());
            valueEntries = Math.max(valueEntries, add(matrix, gain, rows, VALUE, value));
        }
    }

    /** Entries that were added. */
    private int add(WeightMatrix matrix, double @Nullable [] gain, int atMost, long role, double[] to)
            throws IOException {
        double[][] rows = reader.read(matrix, gain, 0, Math.min(atMost, matrix.rows()));
        Rows.dropDuplicates(rows);
        Rows.centre(rows);
        Rows.normalise(rows);
        long[] keysOfColumns = keysOfRoles.computeIfAbsent(role, this::keysOfColumns);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                int bucket = (int) (keysOfColumns[j] >>> 40) & (PositionalSketch.BUCKETS - 1);
                to[i * PositionalSketch.BUCKETS + bucket] += (keysOfColumns[j] & 1) == 0 ? rows[i][j] : -rows[i][j];
            }
        }
        return rows.length * matrix.columns();
    }

    private long[] keysOfColumns(long role) {
        return LongStream.range(0, transformer.hiddenSize())
                .map(column -> StableHash.of(role, column))
                .toArray();
    }

    private double[] gains() throws IOException {
        double[] sketch = new double[PositionalSketch.SIZE];
        for (WeightVector vector : NormGains.of(transformer)) {
            double[] ranks = standardisedRanks(reader.values(vector));
            for (int i = 0; i < ranks.length; i++) {
                long key = StableHash.of(GAIN, i);
                int bucket = (int) (key >>> 40) & (PositionalSketch.SIZE - 1);
                sketch[bucket] += (key & 1) == 0 ? ranks[i] : -ranks[i];
            }
        }
        return sketch;
    }

    /** Ranks with mean 0 and variance 1; zeros for a constant vector. */
    private static double[] standardisedRanks(double[] gains) {
        double[] ranks = SortedRanks.of(gains);
        double mean = (ranks.length - 1) / 2.0;
        double squares = 0;
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] -= mean;
            squares += ranks[i] * ranks[i];
        }
        double deviation = Math.sqrt(squares / ranks.length);
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = deviation > 0 ? ranks[i] / deviation : 0;
        }
        return ranks;
    }
}
