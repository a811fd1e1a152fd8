package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whole projections in the coordinates of the residual stream, with norms folded in. Where norms subtract means, so
 * does what is written: nobody downstream sees it.
 *
 * @param weights whose
 */
record ResidualRows(ModelWeights weights) implements UnitRows {

    @Override
    public double[][] reading(Unit unit, Projection projection) throws IOException {
        return weights.all(unit, projection);
    }

    @Override
    public double[][] writing(Unit unit, Projection projection) throws IOException {
        double[][] rows = MatrixProduct.transposed(weights.all(unit, projection));
        if (weights.transformer().normalisation() == Normalisation.LAYER) {
            for (double[] row : rows) {
                double mean = Arrays.stream(row).sum() / row.length;
                Arrays.setAll(row, i -> row[i] - mean);
            }
        }
        return rows;
    }
}
