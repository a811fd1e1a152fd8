package dev.forebear.signals.relation;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What was done to a base to make the derived model. It takes for granted that the evidence calls the two related and
 * that the first is the base: of strangers it means nothing.
 *
 * @param kind the first of the rules that holds, see {@link #of}
 * @param detail in words: to what, how many, which layers
 * @param similarity cosine of all mapped projections, -1 to 1; NaN when none is mapped
 * @param relativeChange norm of their change over that of the base; NaN when none is mapped
 * @param alignment which layer came from which
 * @param components what became of every tensor that has a counterpart
 */
public record Relation(
        RelationKind kind,
        String detail,
        double similarity,
        double relativeChange,
        LayerAlignment alignment,
        List<ComponentChange> components) {

    public Relation {
        components = List.copyOf(components);
    }

    /**
     * @param compared the first against the second, in this order
     * @param merged whether the derived model is known to blend the base with others
     * @throws IOException if a storage could not be read
     */
    public static Relation of(ModelWeights base, ModelWeights derived, CheckpointComparison compared, boolean merged)
            throws IOException {
        RelatedPair pair = RelatedPair.of(base, derived, compared);
        Named named = name(pair, merged);
        boolean mapped = !pair.tensors().body().isEmpty();
        return new Relation(
                named.kind(),
                named.detail(),
                mapped ? pair.change().similarity() : Double.NaN,
                mapped ? pair.change().relativeChange() : Double.NaN,
                pair.alignment(),
                ComponentChange.of(pair));
    }

    /** The first rule that holds wins; what comes later takes for granted that nothing before it did. */
    private static Named name(RelatedPair pair, boolean merged) throws IOException {
        VocabularyChange vocabulary = VocabularyChange.between(pair.base(), pair.derived());
        List<Rule> rules = List.of(
                () -> adapter(pair),
                () -> renumbered(vocabulary),
                () -> Equality.of(pair, vocabulary),
                () -> LayerChange.experts(pair),
                () -> QuantisedSide.of(pair).named(),
                () -> LayerChange.width(pair),
                () -> merged ? Optional.of(new Named(RelationKind.MERGED, "a blend")) : Optional.empty(),
                () -> sharedInitialisation(pair),
                () -> LayerChange.depth(pair),
                () -> pair.alignment().isEmpty() ? Optional.empty() : vocabulary.named(),
                () -> pair.alignment().isEmpty()
                        ? Optional.of(new Named(
                                RelationKind.LAUNDERED, "same function, but positions or directions do not correspond"))
                        : Optional.empty(),
                () -> Reordering.of(pair),
                () -> NormRatios.of(pair),
                () -> DeltaRank.of(pair));
        for (Rule rule : rules) {
            Optional<Named> named = rule.apply();
            if (named.isPresent()) {
                return named.get();
            }
        }
        return FineTuning.of(pair);
    }

    @FunctionalInterface
    private interface Rule {
        Optional<Named> apply() throws IOException;
    }

    private static Optional<Named> adapter(RelatedPair pair) {
        return pair.derived().isAdapterOn(pair.base())
                ? Optional.of(new Named(
                        RelationKind.ADAPTER, pair.derived().checkpoint().adapter() + "; declared, and the shapes fit"))
                : Optional.empty();
    }

    private static Optional<Named> renumbered(VocabularyChange vocabulary) {
        return vocabulary.isRenumbering()
                ? Optional.of(new Named(
                        RelationKind.LAUNDERED,
                        "the same tokens under other ids: " + vocabulary.renumbered() + " of " + vocabulary.shared()))
                : Optional.empty();
    }

    private static Optional<Named> sharedInitialisation(RelatedPair pair) {
        return pair.sharedFunction() < Judgement.SMALLEST_SHARED_FUNCTION
                        && !pair.alignment().isEmpty()
                ? Optional.of(new Named(
                        RelationKind.SHARED_INITIALISATION,
                        "equal positions, but layers that do other things to tokens"))
                : Optional.empty();
    }
}
