package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Directions in the residual stream that mean the same in two models whatever their coordinates: the embeddings of
 * shared tokens, for what a block reads, and their rows of the output head, for what it writes. Centred and without the
 * principal components that all models trained on text share.
 *
 * @param inputs hidden size × probes
 * @param outputs hidden size × probes; the embeddings again where either model has no head
 */
record Probes(double[][] inputs, double[][] outputs) {

    /** Tokens that are read of large models, and the signed sums of them that are kept. */
    static final int TOKENS_OF_LARGE = 512;

    private static final int SUMS = 256;

    /** For the first model and the second. */
    static List<Probes> of(ModelWeights a, ModelWeights b, SharedTokens shared) throws IOException {
        SharedTokens tokens = a.whole() && b.whole() ? shared : shared.first(TOKENS_OF_LARGE);
        Anchors inputsOfA = inputs(a, tokens.first());
        Anchors inputsOfB = inputs(b, tokens.second());
        double[][][] inputs = common(inputsOfA, inputsOfB);
        if (a.transformer().outputHead() == null || b.transformer().outputHead() == null) {
            return List.of(new Probes(inputs[0], inputs[0]), new Probes(inputs[1], inputs[1]));
        }
        double[][][] outputs = common(outputs(a, tokens.first()), outputs(b, tokens.second()));
        return List.of(new Probes(inputs[0], outputs[0]), new Probes(inputs[1], outputs[1]));
    }

    private static Anchors inputs(ModelWeights weights, List<Token> tokens) throws IOException {
        return Anchors.prepared(tokens, weights.embeddings(tokens));
    }

    private static Anchors outputs(ModelWeights weights, List<Token> tokens) throws IOException {
        return Anchors.prepared(tokens, weights.heads(tokens));
    }

    private static double[][][] common(Anchors a, Anchors b) {
        if (a.vectors()[0].length + b.vectors()[0].length <= SUMS) {
            return JointCoordinates.of(a.vectors(), b.vectors());
        }
        return new double[][][] {
            MatrixProduct.transposed(a.withSigns(SUMS)), MatrixProduct.transposed(b.withSigns(SUMS))
        };
    }

    int size() {
        return inputs[0].length;
    }

    /** Inputs and outputs side by side: hidden size × 2 probes. */
    double[][] both() {
        double[][] both = new double[inputs.length][];
        for (int i = 0; i < both.length; i++) {
            both[i] = Arrays.copyOf(inputs[i], 2 * size());
            System.arraycopy(outputs[i], 0, both[i], size(), size());
        }
        return both;
    }
}
