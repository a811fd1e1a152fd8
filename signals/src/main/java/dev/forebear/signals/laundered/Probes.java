package dev.forebear.signals.laundered;

import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Key;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directions in the residual stream that mean the same in two models whatever their coordinates: the embeddings of
 * shared tokens, for what a block reads, and their rows of the output head, for what it writes. Centred and without the
 * principal components that all models trained on text share.
 *
 * @param inputs hidden size × probes
 * @param outputs hidden size × probes; the embeddings again where either model has no head
 * @param both hidden size × probes, inputs and outputs
 */
record Probes(double[][] inputs, double[][] outputs, double[][] both) {

    private static final int TOKENS_OF_LARGE = 512;
    private static final int MOST_COORDINATES = 512;
    private static final int SUMS = 256;

    private record AnchorsOf(List<Token> tokens, boolean outputs) implements Key<Anchors> {}

    /** For the first model and the second. */
    static List<Probes> of(ModelWeights a, ModelWeights b, SharedTokens shared) throws IOException {
        SharedTokens tokens = a.whole() && b.whole() ? shared : shared.first(TOKENS_OF_LARGE);
        boolean heads = a.transformer().outputHead() != null && b.transformer().outputHead() != null;
        Anchors inputsOfA = inputs(a, tokens.first());
        Anchors inputsOfB = inputs(b, tokens.second());
        Anchors outputsOfA = heads ? outputs(a, tokens.first()) : inputsOfA;
        Anchors outputsOfB = heads ? outputs(b, tokens.second()) : inputsOfB;
        if (a.transformer().hiddenSize() + b.transformer().hiddenSize() > MOST_COORDINATES) {
            return List.of(ofSums(inputsOfA, outputsOfA), ofSums(inputsOfB, outputsOfB));
        }
        double[][][] inputs = JointCoordinates.of(inputsOfA.vectors(), inputsOfB.vectors());
        double[][][] outputs = JointCoordinates.of(outputsOfA.vectors(), outputsOfB.vectors());
        double[][][] both = JointCoordinates.of(
                joined(inputsOfA.vectors(), outputsOfA.vectors()), joined(inputsOfB.vectors(), outputsOfB.vectors()));
        return List.of(new Probes(inputs[0], outputs[0], both[0]), new Probes(inputs[1], outputs[1], both[1]));
    }

    private static Anchors inputs(ModelWeights weights, List<Token> tokens) throws IOException {
        return weights.once(new AnchorsOf(tokens, false), () -> Anchors.prepared(tokens, weights.embeddings(tokens)));
    }

    private static Anchors outputs(ModelWeights weights, List<Token> tokens) throws IOException {
        return weights.once(new AnchorsOf(tokens, true), () -> Anchors.prepared(tokens, weights.heads(tokens)));
    }

    /** Signed sums of the tokens, {@value #SUMS} of each kind: their cosines deviate by 1 in {@value #SUMS}. */
    private static Probes ofSums(Anchors inputs, Anchors outputs) {
        double[][] sumsOfInputs = inputs.withSigns(SUMS);
        double[][] sumsOfOutputs = outputs.withSigns(SUMS);
        return new Probes(
                MatrixProduct.transposed(sumsOfInputs),
                MatrixProduct.transposed(sumsOfOutputs),
                MatrixProduct.transposed(joined(sumsOfInputs, sumsOfOutputs)));
    }

    private static double[][] joined(double[][] first, double[][] second) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(second)).toArray(double[][]::new);
    }
}
