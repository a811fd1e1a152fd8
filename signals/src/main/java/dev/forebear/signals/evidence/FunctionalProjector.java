package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the functionals (K5) of at most six layers from the first groups of heads and the first 512 neurons: 512
 * embedding rows and about 20 MB a layer of a model of 7 billion parameters, read by whole rows.
 */
final class FunctionalProjector {

    /** Models of another depth keep their early layers in place, so the sample is dense there. */
    private static final int[] DEEP_LAYERS = {1, 2, 3, 5, 8, 13};

    private static final int NEURONS = 512;
    private static final int HEAD_ROWS = 1024;
    private static final int BATCH = 64;

    /** Largest up and down projection read in full where there is no gate, in values. */
    private static final long LARGEST_UNGATED = 32L << 20;

    private final Transformer transformer;
    private final FoldedRows reader;
    private final Findings findings;

    FunctionalProjector(Transformer transformer, Findings findings) {
        this.transformer = transformer;
        this.reader = new FoldedRows(transformer, findings);
        this.findings = findings;
    }

    /** Null, with a finding, when there are too few anchors or roles are missing. */
    @Nullable Functionals project(@Nullable Tokenizer tokenizer) throws IOException {
        List<Layer> layers = sampledLayers();
        if (tokenizer == null) {
            return none("the checkpoint has no tokenizer");
        }
        if (layers.isEmpty() || layers.stream().anyMatch(layer -> layer.query() == null || layer.key() == null)) {
            return none("query and key projections are not recognised");
        }
        List<Token> tokens = Anchors.choose(tokenizer.tokens(), transformer.embedding().rows(), Functionals.ANCHORS);
        if (tokens.size() < Anchors.FEWEST) {
            return none("expected at least " + Anchors.FEWEST + " tokens, found " + tokens.size());
        }
        double[][] projected = projected(Anchors.read(transformer, tokens, findings));
        return new Functionals(Functionals.WIDTH, queryKey(layers, projected), feedForward(layers, projected),
                AnchorHashes.of(tokens));
    }

    private @Nullable Functionals none(String why) {
        findings.add("functionals: " + why);
        return null;
    }

    private List<Layer> sampledLayers() {
        List<Layer> all = transformer.layers();
        if (all.size() <= Functionals.LAYERS) {
            return all;
        }
        return IntStream.of(DEEP_LAYERS).filter(i -> i < all.size()).mapToObj(all::get).toList();
    }

    /** Sums of anchor vectors with random signs (width × hidden size). */
    private static double[][] projected(Anchors anchors) {
        double[][] projected = new double[Functionals.WIDTH][anchors.vectors()[0].length];
        for (int i = 0; i < anchors.tokens().size(); i++) {
            long signs = StableHash.of(StableHash.of(anchors.tokens().get(i).key()));
            for (int k = 0; k < Functionals.WIDTH; k++) {
                Rows.add(anchors.vectors()[i], (signs >>> k & 1) == 0 ? 1 : -1, projected[k]);
            }
        }
        return projected;
    }

    private byte[] queryKey(List<Layer> layers, double[][] projected) throws IOException {
        List<double[]> results = new ArrayList<>();
        for (Layer layer : layers) {
            results.add(queryKey(layer, projected));
        }
        return joined(results);
    }

    /** Σ over the first heads of (X Wqᵀ)(X Wkᵀ)ᵀ, both with the gain of the norm. */
    private double[] queryKey(Layer layer, double[][] projected) throws IOException {
        WeightMatrix query = layer.query();
        WeightMatrix key = layer.key();
        double[] sum = new double[Functionals.WIDTH * Functionals.WIDTH];
        if (query == null || key == null) {
            return sum;
        }
        double[] gain = reader.gain(layer.attentionNormGain());
        int size = transformer.headSize();
        int group = Math.max(1, transformer.attentionHeads() / transformer.keyValueHeads());
        int groups = Math.clamp(HEAD_ROWS / ((group + 1L) * size), 1, transformer.keyValueHeads());
        for (int head = 0; head < groups; head++) {
            double[][] keys = Rows.timesTransposed(reader.read(key, gain, head * size, size), projected);
            for (int member = head * group; member < (head + 1) * group; member++) {
                addProducts(Rows.timesTransposed(reader.read(query, gain, member * size, size), projected), keys, sum);
            }
        }
        return sum;
    }

    private byte[] feedForward(List<Layer> layers, double[][] projected) throws IOException {
        List<double[]> results = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer.mlps().isEmpty()) {
                findings.add("functionals: no MLP is recognised");
                return new byte[0];
            }
            Mlp mlp = layer.mlps().getFirst();
            WeightMatrix gate = mlp.gate();
            if (gate == null && 2L * mlp.up().rows() * mlp.up().columns() > LARGEST_UNGATED) {
                findings.add("functionals: an MLP without a gate has to be read in full, and this one is large");
                return new byte[0];
            }
            results.add(gate == null ? upDown(layer, mlp, projected) : gateUp(layer, mlp, gate, projected));
        }
        return joined(results);
    }

    /** Σ over the first neurons of (X g)(X u)ᵀ. */
    private double[] gateUp(Layer layer, Mlp mlp, WeightMatrix gate, double[][] projected) throws IOException {
        double[] gain = reader.gain(layer.mlpNormGain());
        int neurons = Math.min(NEURONS, mlp.up().rows());
        double[] sum = new double[Functionals.WIDTH * Functionals.WIDTH];
        addProducts(responses(gate, gain, neurons, projected), responses(mlp.up(), gain, neurons, projected), sum);
        return sum;
    }

    /** Σ over all neurons of (X u)(X d)ᵀ. */
    private double[] upDown(Layer layer, Mlp mlp, double[][] projected) throws IOException {
        double[] gain = reader.gain(layer.mlpNormGain());
        double[][] up = responses(mlp.up(), gain, mlp.up().rows(), projected);
        double[] sum = new double[Functionals.WIDTH * Functionals.WIDTH];
        addProducts(up, columnResponses(mlp.down(), projected), sum);
        return sum;
    }

    /** One row of {@value Functionals#WIDTH} for every row: its products with the projected anchors. */
    private double[][] responses(WeightMatrix matrix, double @Nullable [] gain, int rows, double[][] projected)
            throws IOException {
        double[][] responses = new double[rows][];
        for (int first = 0; first < rows; first += BATCH) {
            int count = Math.min(BATCH, rows - first);
            double[][] batch = Rows.timesTransposed(reader.read(matrix, gain, first, count), projected);
            System.arraycopy(batch, 0, responses, first, count);
        }
        return responses;
    }

    /** The same for every column. */
    private double[][] columnResponses(WeightMatrix matrix, double[][] projected) throws IOException {
        double[][] responses = new double[matrix.columns()][Functionals.WIDTH];
        for (int first = 0; first < matrix.rows(); first += BATCH) {
            double[][] batch = reader.raw(matrix, first, Math.min(BATCH, matrix.rows() - first));
            for (int i = 0; i < batch.length; i++) {
                for (int column = 0; column < responses.length; column++) {
                    for (int k = 0; k < Functionals.WIDTH; k++) {
                        responses[column][k] += batch[i][column] * projected[k][first + i];
                    }
                }
            }
        }
        return responses;
    }

    private static void addProducts(double[][] left, double[][] right, double[] sum) {
        for (int n = 0; n < left.length; n++) {
            for (int i = 0; i < Functionals.WIDTH; i++) {
                for (int j = 0; j < Functionals.WIDTH; j++) {
                    sum[i * Functionals.WIDTH + j] += left[n][i] * right[n][j];
                }
            }
        }
    }

    private static byte[] joined(List<double[]> matrices) {
        int size = Functionals.WIDTH * Functionals.WIDTH;
        byte[] joined = new byte[matrices.size() * size];
        for (int i = 0; i < matrices.size(); i++) {
            System.arraycopy(Quantised.of(matrices.get(i)), 0, joined, i * size, size);
        }
        return joined;
    }
}
