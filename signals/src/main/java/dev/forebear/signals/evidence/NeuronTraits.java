package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.FoldedRows;
import java.io.IOException;

/** Scalars of the first neurons of an MLP that do not change when the residual stream is rotated. */
final class NeuronTraits {

    private NeuronTraits() {}

    /**
     * With a gate: norm of the gate row, absolute cosine of gate and up row, norm of the up row. Without: norm of the
     * up row, bias of up with the norm's bias folded in. Neurons that the MLP does not have are zeros.
     *
     * @return traits × neurons
     */
    static double[][] read(FoldedRows reader, Layer layer, Mlp mlp, int neurons) throws IOException {
        double[] gain = reader.gain(layer.mlpNormGain());
        int present = Math.min(neurons, mlp.up().rows());
        double[][] up = reader.read(mlp.up(), gain, 0, present);
        WeightMatrix gateMatrix = mlp.gate();
        if (gateMatrix == null) {
            return new double[][] {norms(up, neurons), foldedBias(reader, layer, mlp, neurons, present)};
        }
        double[][] gate = reader.read(gateMatrix, gain, 0, present);
        double[] cosines = new double[neurons];
        for (int i = 0; i < present; i++) {
            cosines[i] = Math.abs(Rows.cosine(gate[i], up[i]));
        }
        return new double[][] {norms(gate, neurons), cosines, norms(up, neurons)};
    }

    private static double[] norms(double[][] rows, int neurons) {
        double[] norms = new double[neurons];
        for (int i = 0; i < rows.length; i++) {
            norms[i] = Rows.norm(rows[i]);
        }
        return norms;
    }

    /** Bias of up plus up times the bias of the norm before it; zeros without a bias. */
    private static double[] foldedBias(FoldedRows reader, Layer layer, Mlp mlp, int neurons, int present)
            throws IOException {
        double[] folded = new double[neurons];
        WeightVector upBias = mlp.upBias();
        if (upBias == null) {
            return folded;
        }
        System.arraycopy(reader.values(upBias), 0, folded, 0, present);
        WeightVector normBias = layer.mlpNormBias();
        if (normBias != null && reader.gain(layer.mlpNormGain()) != null) {
            double[] shift = reader.values(normBias);
            double[][] raw = reader.raw(mlp.up(), 0, present);
            for (int i = 0; i < present; i++) {
                folded[i] += Rows.dot(raw[i], shift);
            }
        }
        return folded;
    }
}
