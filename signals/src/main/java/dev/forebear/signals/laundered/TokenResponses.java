package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;

/** Products of the weights of one model and its probes, read by batches of rows; nothing but the products is kept. */
final class TokenResponses implements UnitRows {

    private static final int BATCH = 256;

    private final ModelWeights weights;
    private final Probes probes;

    TokenResponses(ModelWeights weights, Probes probes) {
        this.weights = weights;
        this.probes = probes;
    }

    ModelWeights weights() {
        return weights;
    }

    Probes probes() {
        return probes;
    }

    /** Responses to inputs. */
    @Override
    public double[][] reading(Unit unit, Projection projection) throws IOException {
        return ofRows(unit, projection, probes.inputs());
    }

    /** Responses to outputs. */
    @Override
    public double[][] writing(Unit unit, Projection projection) throws IOException {
        return ofColumns(unit, projection, probes.outputs());
    }

    /** One response for every row of a projection that reads the residual stream; empty without it. */
    double[][] ofRows(Unit unit, Projection projection, double[][] columns) throws IOException {
        WeightMatrix matrix = weights.matrix(unit, projection);
        int rows = matrix == null ? 0 : matrix.rows();
        double[][] responses = new double[rows][];
        for (int first = 0; first < rows; first += BATCH) {
            int count = Math.min(BATCH, rows - first);
            double[][] batch = MatrixProduct.of(weights.range(unit, projection, first, count), columns);
            System.arraycopy(batch, 0, responses, first, count);
        }
        return responses;
    }

    /** The same for blocks of rows alone. */
    double[][] ofRows(Unit unit, Projection projection, double[][] columns, NeuronBlocks blocks) throws IOException {
        double[][] responses = new double[blocks.neurons()][];
        int filled = 0;
        for (int first : blocks.firsts()) {
            double[][] block = weights.range(unit, projection, first, blocks.size());
            System.arraycopy(MatrixProduct.of(block, columns), 0, responses, filled, block.length);
            filled += block.length;
        }
        return responses;
    }

    /** One response for every column of a projection that writes to the residual stream; empty without it. */
    double[][] ofColumns(Unit unit, Projection projection, double[][] columns) throws IOException {
        WeightMatrix matrix = weights.matrix(unit, projection);
        if (matrix == null) {
            return new double[0][];
        }
        double[][] responses = new double[matrix.columns()][columns[0].length];
        for (int first = 0; first < matrix.rows(); first += BATCH) {
            double[][] batch = weights.range(unit, projection, first, Math.min(BATCH, matrix.rows() - first));
            MatrixProduct.add(MatrixProduct.transposed(batch), columns, first, responses);
        }
        return responses;
    }
}
