package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.FoldedRows;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one layer does to probes X (width × hidden size): matrices of width × width, row by row in one array. */
final class LayerFunctionals {

    private static final int BATCH = 64;

    private final Transformer transformer;
    private final FoldedRows reader;
    private final double[][] probes;

    LayerFunctionals(Transformer transformer, double[][] probes, Findings findings) {
        this.transformer = transformer;
        this.reader = new FoldedRows(transformer, findings);
        this.probes = probes;
    }

    /** Σ over the heads of the first groups of (X Wqᵀ)(X Wkᵀ)ᵀ; zeros where a projection is missing. */
    double[] queryKey(Layer layer, int groups) throws IOException {
        WeightMatrix query = layer.query();
        WeightMatrix key = layer.key();
        double[] sum = new double[probes.length * probes.length];
        if (query == null || key == null) {
            return sum;
        }
        double[] gain = reader.gain(layer.attentionNormGain());
        int size = transformer.headSize();
        int members = members();
        for (int group = 0; group < groups; group++) {
            double[][] keys = responses(key, gain, group * size, size);
            for (int head = group * members; head < (group + 1) * members; head++) {
                addProducts(responses(query, gain, head * size, size), keys, sum);
            }
        }
        return sum;
    }

    /** Query heads that share a key head. */
    int members() {
        return Math.max(1, transformer.attentionHeads() / transformer.keyValueHeads());
    }

    /** Σ over the first neurons of (X g)(X u)ᵀ. */
    double[] gateUp(Layer layer, Mlp mlp, WeightMatrix gate, int neurons) throws IOException {
        double[] gain = reader.gain(layer.mlpNormGain());
        double[] sum = new double[probes.length * probes.length];
        addProducts(responses(gate, gain, 0, neurons), responses(mlp.up(), gain, 0, neurons), sum);
        return sum;
    }

    /**
     * Σ over all neurons of (X u)(Y d)ᵀ.
     *
     * @param outputs Y, what the MLP writes is held against; of the shape of the probes
     */
    double[] upDown(Layer layer, Mlp mlp, double[][] outputs) throws IOException {
        double[] gain = reader.gain(layer.mlpNormGain());
        double[] sum = new double[probes.length * probes.length];
        double[][] up = responses(mlp.up(), gain, 0, mlp.up().rows());
        addProducts(up, columnResponses(mlp.down(), outputs), sum);
        return sum;
    }

    /** Products of rows and probes: one row of the probes' width for every row. */
    private double[][] responses(WeightMatrix matrix, double @Nullable [] gain, int from, int rows) throws IOException {
        double[][] responses = new double[rows][];
        for (int first = 0; first < rows; first += BATCH) {
            int count = Math.min(BATCH, rows - first);
            double[][] batch = Rows.timesTransposed(reader.read(matrix, gain, from + first, count), probes);
            System.arraycopy(batch, 0, responses, first, count);
        }
        return responses;
    }

    /** The same for columns. */
    private double[][] columnResponses(WeightMatrix matrix, double[][] outputs) throws IOException {
        double[][] responses = new double[matrix.columns()][outputs.length];
        for (int first = 0; first < matrix.rows(); first += BATCH) {
            double[][] batch = reader.raw(matrix, first, Math.min(BATCH, matrix.rows() - first));
            for (int i = 0; i < batch.length; i++) {
                for (int column = 0; column < responses.length; column++) {
                    for (int k = 0; k < outputs.length; k++) {
                        responses[column][k] += batch[i][column] * outputs[k][first + i];
                    }
                }
            }
        }
        return responses;
    }

    private static void addProducts(double[][] left, double[][] right, double[] sum) {
        for (int n = 0; n < left.length; n++) {
            int width = left[n].length;
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    sum[i * width + j] += left[n][i] * right[n][j];
                }
            }
        }
    }
}
