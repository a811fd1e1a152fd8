package dev.forebear.signals.confirmation;

import dev.forebear.signals.statistics.Rows;

/**
 * A number for every pair of layers, to be drawn. Of a mixture of experts every expert is a layer of its own.
 *
 * @param z standardised trace (layers of the first × layers of the second)
 * @param similarity mean similarity of rows of the same number, -1 to 1, of the same shape
 * @param layersOfFirst index of the layer that each row belongs to
 * @param layersOfSecond index of the layer that each column belongs to
 */
public record LayerMatrix(double[][] z, double[][] similarity, int[] layersOfFirst, int[] layersOfSecond) {

    /** The second against the first. */
    public LayerMatrix transposed() {
        return new LayerMatrix(Rows.transposed(z), Rows.transposed(similarity), layersOfSecond, layersOfFirst);
    }
}
