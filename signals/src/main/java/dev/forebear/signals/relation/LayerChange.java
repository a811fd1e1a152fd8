package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.signals.weights.ModelWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes of the shape of a model: blocks, experts, width. */
final class LayerChange {

    private LayerChange() {}

    /** Experts that came from the MLPs of a dense model. */
    static Optional<Named> experts(RelatedPair pair) {
        int before = RelatedPair.experts(pair.base());
        int after = RelatedPair.experts(pair.derived());
        if (before > 1 || after <= 1 || pair.tensors().body().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Named(RelationKind.MOE_UPCYCLED, after + " experts from each MLP of " + layers(pair.alignment())));
    }

    /** Blocks left out or used more than once. */
    static Optional<Named> depth(RelatedPair pair) {
        LayerAlignment alignment = pair.alignment();
        int before = RelatedPair.layers(pair.base());
        int after = RelatedPair.layers(pair.derived());
        if (alignment.isEmpty()) {
            return Optional.empty();
        }
        if (after < before) {
            return Optional.of(new Named(RelationKind.LAYERS_DROPPED, layers(alignment)));
        }
        return alignment.injective()
                ? Optional.empty()
                : Optional.of(new Named(RelationKind.LAYERS_REPEATED, layers(alignment)));
    }

    /** Neurons, heads or residual dimensions left out. */
    static Optional<Named> width(RelatedPair pair) {
        List<String> cut = cuts(pair.base(), pair.derived());
        return cut.isEmpty()
                ? Optional.empty()
                : Optional.of(new Named(RelationKind.WIDTH_PRUNED, String.join(", ", cut)));
    }

    /** What the second has less of, in words. */
    static List<String> cuts(ModelWeights base, ModelWeights derived) {
        Transformer before = base.transformer();
        Transformer after = derived.transformer();
        List<String> cut = new ArrayList<>();
        addCut(cut, after.hiddenSize(), before.hiddenSize(), "residual dimensions");
        addCut(cut, after.intermediateSize(), before.intermediateSize(), "neurons of an MLP");
        addCut(cut, after.attentionHeads(), before.attentionHeads(), "attention heads");
        return cut;
    }

    private static void addCut(List<String> cut, int after, int before, String what) {
        if (after < before) {
            cut.add(after + " of " + before + " " + what);
        }
    }

    /** For example "layers 0, 1, 3 of the base". */
    static String layers(LayerAlignment alignment) {
        List<Integer> layers = alignment.layers();
        boolean all = alignment.identity();
        return all
                ? "all layers of the base"
                : "layers "
                        + layers.stream()
                                .map(layer -> layer == LayerAlignment.NONE ? "new" : String.valueOf(layer))
                                .collect(Collectors.joining(", "))
                        + " of the base";
    }
}
