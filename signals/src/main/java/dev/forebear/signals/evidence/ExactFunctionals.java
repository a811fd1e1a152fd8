package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.statistics.Counterparts;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What attention and MLPs of two models do to the tokens they share, as cosines for every pair of layers. In a small
 * model over up to 300 tokens and all layers; in a large one over 64 signed sums of 512 tokens and the one pair of
 * layers whose rows agree best.
 *
 * @param feedForward up and down (layers of the first × layers of the second)
 * @param queryKey attention logits, of the same shape
 */
public record ExactFunctionals(double[][] feedForward, double[][] queryKey) {

    private static final int TOKENS = 300;
    private static final int SUMS = 64;

    /** Values of query, key, up and down of all layers up to which a model counts as small. */
    private static final long SMALL = 1L << 24;

    /** @param best indices of the pair of MLPs whose rows agree best */
    public static Optional<ExactFunctionals> of(
            Transformer a, Transformer b, SharedTokens shared, int[] best, Findings findings) throws IOException {
        if (shared.first().size() < Anchors.FEWEST || best.length == 0) {
            return Optional.empty();
        }
        boolean small = Math.max(values(a), values(b)) <= SMALL;
        SharedTokens tokens = shared.first(Functionals.ANCHORS);
        List<double[][]> first = layers(a, tokens.first(), small, best[0], findings);
        List<double[][]> second = layers(b, tokens.second(), small, best[1], findings);
        return Optional.of(new ExactFunctionals(cosines(first, second, 0), cosines(first, second, 1)));
    }

    /** The same measure as between fingerprints. */
    public double sharedFunction() {
        double[][] means = new double[queryKey.length][queryKey[0].length];
        for (int i = 0; i < means.length; i++) {
            for (int j = 0; j < means[i].length; j++) {
                means[i][j] = (queryKey[i][j] + feedForward[i][j]) / 2;
            }
        }
        return Counterparts.meanOfBetterHalf(means);
    }

    public static double largest(double[][] cosines) {
        return Arrays.stream(cosines).flatMapToDouble(Arrays::stream).max().orElse(0);
    }

    private static long values(Transformer transformer) {
        long values = 0;
        for (Layer layer : transformer.layers()) {
            for (Mlp mlp : Experts.of(layer)) {
                values += 2L * mlp.up().rows() * mlp.up().columns();
            }
            values += 2L * transformer.attentionHeads() * transformer.headSize() * transformer.hiddenSize();
        }
        return values;
    }

    /** For every MLP its functional and that of the attention before it. */
    private static List<double[][]> layers(
            Transformer transformer, List<Token> tokens, boolean small, int only, Findings findings)
            throws IOException {
        Anchors embeddings = Anchors.embeddings(transformer, tokens, findings);
        WeightMatrix head = transformer.outputHead();
        Anchors outputs = head == null ? embeddings : Anchors.outputs(transformer, head, tokens, findings);
        LayerFunctionals functionals = new LayerFunctionals(transformer, probes(embeddings, small), findings);
        double[][] outputProbes = probes(outputs, small);
        List<double[][]> all = new ArrayList<>();
        int index = 0;
        for (Layer layer : transformer.layers()) {
            for (Mlp mlp : Experts.of(layer)) {
                if (small || index == only) {
                    all.add(new double[][] {
                        functionals.upDown(layer, mlp, outputProbes),
                        functionals.queryKey(layer, transformer.keyValueHeads())
                    });
                }
                index++;
            }
        }
        return all;
    }

    private static double[][] probes(Anchors anchors, boolean small) {
        if (!small) {
            return anchors.withSigns(SUMS);
        }
        double[][] probes = Arrays.stream(anchors.vectors())
                .limit(TOKENS)
                .map(double[]::clone)
                .toArray(double[][]::new);
        Rows.centre(probes);
        return probes;
    }

    private static double[][] cosines(List<double[][]> first, List<double[][]> second, int which) {
        double[][] cosines = new double[first.size()][second.size()];
        for (int i = 0; i < cosines.length; i++) {
            for (int j = 0; j < cosines[i].length; j++) {
                cosines[i][j] = Rows.cosine(first.get(i)[which], second.get(j)[which]);
            }
        }
        return cosines;
    }
}
