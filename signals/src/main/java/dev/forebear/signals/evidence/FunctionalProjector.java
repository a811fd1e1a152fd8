package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
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

    /** Largest up and down projection read in full where there is no gate, in values. */
    private static final long LARGEST_UNGATED = 32L << 20;

    private final Transformer transformer;
    private final Findings findings;

    FunctionalProjector(Transformer transformer, Findings findings) {
        this.transformer = transformer;
        this.findings = findings;
    }

    /** Null, with a finding, when there are too few tokens or no role to project. */
    @Nullable
    Functionals project(@Nullable Tokenizer tokenizer) throws IOException {
        List<Layer> layers = sampledLayers();
        int rows = transformer.embedding().rows();
        if (tokenizer == null) {
            findings.add("functionals: no tokenizer.json; tokens are known by their ids alone");
        }
        List<Token> vocabulary = tokenizer == null ? Anchors.byId(rows) : tokenizer.tokens();
        List<Token> tokens = Anchors.choose(vocabulary, rows, Functionals.ANCHORS);
        if (tokens.size() < Anchors.FEWEST) {
            return none("expected at least " + Anchors.FEWEST + " tokens, found " + tokens.size());
        }
        Anchors anchors = Anchors.embeddings(transformer, tokens, findings);
        double[][] probes = anchors.withSigns(Functionals.WIDTH);
        LayerFunctionals functionals = new LayerFunctionals(transformer, probes, findings);
        byte[] queryKey = queryKey(layers, functionals);
        byte[] feedForward = feedForward(layers, functionals, probes);
        if (queryKey.length == 0 && feedForward.length == 0) {
            return none("neither attention nor MLPs could be read");
        }
        return new Functionals(
                Functionals.WIDTH, queryKey, feedForward, AnchorHashes.of(tokens), geometry(anchors, probes));
    }

    private static byte[] geometry(Anchors anchors, double[][] probes) {
        double[][] gram = Rows.timesTransposed(probes, probes);
        anchors.subtractDiagonal(gram);
        double[] triangle = new double[gram.length * (gram.length + 1) / 2];
        int at = 0;
        for (int i = 0; i < gram.length; i++) {
            System.arraycopy(gram[i], 0, triangle, at, i + 1);
            at += i + 1;
        }
        return Quantised.of(triangle);
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
        return IntStream.of(DEEP_LAYERS)
                .filter(i -> i < all.size())
                .mapToObj(all::get)
                .toList();
    }

    private byte[] queryKey(List<Layer> layers, LayerFunctionals functionals) throws IOException {
        if (layers.stream().anyMatch(layer -> layer.query() == null || layer.key() == null)) {
            findings.add("functionals: query and key projections are not recognised");
            return new byte[0];
        }
        int rows = (functionals.members() + 1) * transformer.headSize();
        int groups = Math.clamp(HEAD_ROWS / rows, 1, transformer.keyValueHeads());
        List<double[]> results = new ArrayList<>();
        for (Layer layer : layers) {
            results.add(functionals.queryKey(layer, groups));
        }
        return joined(results);
    }

    private byte[] feedForward(List<Layer> layers, LayerFunctionals functionals, double[][] probes) throws IOException {
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
            results.add(
                    gate == null
                            ? functionals.upDown(layer, mlp, probes)
                            : functionals.gateUp(
                                    layer, mlp, gate, Math.min(NEURONS, mlp.up().rows())));
        }
        return joined(results);
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
