package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the neuron scalars (K3). Reads 16 rows of gate and up of every layer: 8 MB of 7 billion parameters. */
final class NeuronRanker {

    private final Transformer transformer;
    private final FoldedRows reader;

    NeuronRanker(Transformer transformer, Findings findings) {
        this.transformer = transformer;
        this.reader = new FoldedRows(transformer, findings);
    }

    /** Null when a layer has no MLP that is recognised. */
    @Nullable NeuronScalars rank() throws IOException {
        List<Layer> layers =
                transformer.layers().subList(0, Math.min(NeuronScalars.LAYERS, transformer.layers().size()));
        if (layers.isEmpty() || layers.stream().anyMatch(layer -> layer.mlps().isEmpty())) {
            return null;
        }
        int neurons = Math.min(NeuronScalars.NEURONS, layers.getFirst().mlps().getFirst().up().rows());
        if (neurons < 2) {
            return null;
        }
        byte[] first = new byte[layers.size() * neurons];
        byte[] second = new byte[layers.size() * neurons];
        for (int i = 0; i < layers.size(); i++) {
            double[][] scalars = scalars(layers.get(i), neurons);
            write(scalars[0], first, i * neurons);
            write(scalars[1], second, i * neurons);
        }
        return new NeuronScalars(neurons, layers.size(), first, second);
    }

    private double[][] scalars(Layer layer, int neurons) throws IOException {
        Mlp mlp = layer.mlps().getFirst();
        double[] gain = reader.gain(layer.mlpNormGain());
        int read = Math.min(neurons, mlp.up().rows());
        double[][] up = reader.read(mlp.up(), gain, 0, read);
        WeightMatrix gateMatrix = mlp.gate();
        double[][] gate = gateMatrix != null ? reader.read(gateMatrix, gain, 0, read) : up;
        double[] bias = gateMatrix == null ? foldedBias(layer, mlp, read) : new double[read];
        double[] norms = new double[neurons];
        double[] second = new double[neurons];
        for (int i = 0; i < read; i++) {
            norms[i] = Rows.norm(gate[i]);
            second[i] = gateMatrix != null ? Math.abs(Rows.cosine(gate[i], up[i])) : bias[i];
        }
        return new double[][] {norms, second};
    }

    /** Bias of up plus up times the bias of the norm before it; zeros without a bias. */
    private double[] foldedBias(Layer layer, Mlp mlp, int neurons) throws IOException {
        double[] folded = new double[neurons];
        WeightVector upBias = mlp.upBias();
        if (upBias == null) {
            return folded;
        }
        double[] bias = reader.values(upBias);
        WeightVector normBias = layer.mlpNormBias();
        boolean folds = normBias != null && reader.gain(layer.mlpNormGain()) != null;
        double[][] raw = reader.raw(mlp.up(), 0, neurons);
        double[] shift = folds && normBias != null ? reader.values(normBias) : new double[mlp.up().columns()];
        for (int i = 0; i < neurons; i++) {
            folded[i] = bias[i] + Rows.dot(raw[i], shift);
        }
        return folded;
    }

    private static void write(double[] values, byte[] into, int at) {
        double[] ranks = SortedRanks.of(values);
        for (int i = 0; i < ranks.length; i++) {
            into[at + i] = (byte) Math.rint(2 * ranks[i] - ranks.length + 1);
        }
    }
}
