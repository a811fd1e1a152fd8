package dev.forebear.signals.relation;

import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The rules on which of two relatives came first, the surest first. */
final class DirectionEvidence {

    /** Gains of one model scatter so many times more than those of the other. */
    private static final double FLATTER = 3;

    /** Share of weights that are zero in one of the two alone. */
    private static final double PRUNED = 0.05;

    private final RelatedPair pair;
    private final ModelWeights first;
    private final ModelWeights second;
    private final VocabularyChange vocabulary;

    DirectionEvidence(RelatedPair pair) throws IOException {
        this.pair = pair;
        this.first = pair.base();
        this.second = pair.derived();
        this.vocabulary = VocabularyChange.between(first, second);
    }

    @FunctionalInterface
    private interface Rule {
        Optional<Direction> apply() throws IOException;
    }

    Direction decide() throws IOException {
        List<Rule> rules = List.of(
                this::adapter,
                this::equalValues,
                this::grid,
                this::experts,
                this::depth,
                this::width,
                this::gains,
                this::rewritten,
                this::rescaled,
                this::vocabulary,
                this::pruned,
                this::growth);
        for (Rule rule : rules) {
            Optional<Direction> found = rule.apply();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return Direction.undetermined("no projection corresponds");
    }

    private Optional<Direction> adapter() {
        if (first.isAdapterOn(second) || second.isAdapterOn(first)) {
            Base base = second.isAdapterOn(first) ? Base.FIRST : Base.SECOND;
            return Optional.of(Direction.established(base, "the other is an adapter that was put on it"));
        }
        return Optional.empty();
    }

    private Optional<Direction> equalValues() throws IOException {
        return new EqualDirection(pair, vocabulary).decide();
    }

    private Optional<Direction> grid() throws IOException {
        QuantisedSide side = QuantisedSide.of(pair);
        if (!side.onlyBase() && !side.onlyDerived()) {
            return Optional.empty();
        }
        Base onGrid = side.onlyBase() ? Base.FIRST : Base.SECOND;
        return Optional.of(
                side.isRounding()
                        ? Direction.established(other(onGrid), "the other's weights are these, rounded to a grid")
                        : Direction.likely(
                                onGrid, "its weights lie on a grid, and the other's are not what was rounded to it"));
    }

    private Optional<Direction> experts() {
        boolean one = RelatedPair.experts(first) > 1;
        boolean other = RelatedPair.experts(second) > 1;
        return one == other
                ? Optional.empty()
                : Optional.of(Direction.established(
                        one ? Base.SECOND : Base.FIRST, "the other has experts made from one MLP"));
    }

    private Optional<Direction> depth() {
        LayerAlignment alignment = pair.alignment();
        if (pair.sameDepth() || alignment.isEmpty()) {
            return Optional.empty();
        }
        boolean secondIsDeeper = RelatedPair.layers(second) > RelatedPair.layers(first);
        LayerAlignment ofDeeper = secondIsDeeper ? alignment : pair.reversed().alignment();
        Base deeper = secondIsDeeper ? Base.SECOND : Base.FIRST;
        boolean repeats = ofDeeper.complete() && !ofDeeper.injective();
        return Optional.of(
                repeats
                        ? Direction.established(other(deeper), "the other repeats its layers")
                        : Direction.established(deeper, "the other lacks some of its layers"));
    }

    private Optional<Direction> width() {
        boolean secondIsCut = !LayerChange.cuts(first, second).isEmpty();
        boolean firstIsCut = !LayerChange.cuts(second, first).isEmpty();
        return secondIsCut == firstIsCut
                ? Optional.empty()
                : Optional.of(Direction.established(
                        secondIsCut ? Base.FIRST : Base.SECOND, "the other lacks neurons, heads or dimensions of it"));
    }

    private Optional<Direction> gains() throws IOException {
        Gains one = Gains.of(first);
        Gains other = Gains.of(second);
        return one.constant() == other.constant()
                ? Optional.empty()
                : Optional.of(Direction.established(
                        one.constant() ? Base.SECOND : Base.FIRST, "the gains of the other were folded away"));
    }

    private Optional<Direction> rewritten() throws IOException {
        if (!pair.alignment().isEmpty()) {
            return Optional.empty();
        }
        boolean tied = first.transformer().tied();
        if (tied != second.transformer().tied()) {
            return Optional.of(
                    Direction.established(tied ? Base.FIRST : Base.SECOND, "the other was rewritten and untied"));
        }
        double one = Gains.of(first).scatter();
        double other = Gains.of(second).scatter();
        if (Math.max(one, other) > FLATTER * Math.min(one, other)) {
            return Optional.of(
                    Direction.established(one > other ? Base.FIRST : Base.SECOND, "the gains of the other are flat"));
        }
        return Optional.of(Direction.undetermined("reordered: either may be the original"));
    }

    private Optional<Direction> rescaled() throws IOException {
        return NormRatios.rescaled(pair)
                .map(found -> Direction.established(
                        found.derivedScattersMore() ? Base.FIRST : Base.SECOND,
                        "rows of the other were rescaled at random"));
    }

    private Optional<Direction> vocabulary() {
        boolean added = vocabulary.added() > 0;
        if (added == vocabulary.removed() > 0) {
            return Optional.empty();
        }
        Base smaller = added ? Base.FIRST : Base.SECOND;
        return Optional.of(
                vocabulary.isThinned()
                        ? Direction.likely(other(smaller), "tokens of it are missing in the other, ids closed up")
                        : Direction.likely(smaller, "the vocabulary of the other holds all of its tokens, and more"));
    }

    private Optional<Direction> pruned() throws IOException {
        TensorChange change = pair.change();
        double balance = (double) (change.cleared() - change.filled()) / Math.max(1, change.values());
        return Math.abs(balance) < PRUNED
                ? Optional.empty()
                : Optional.of(Direction.established(
                        balance > 0 ? Base.FIRST : Base.SECOND, "weights of it are zero in the other"));
    }

    private Optional<Direction> growth() throws IOException {
        NormGrowth growth = NormGrowth.of(pair);
        if (!growth.decides()) {
            return Optional.of(Direction.undetermined(growth.words()));
        }
        return Optional.of(Direction.likely(
                growth.ratio() > 0 ? Base.FIRST : Base.SECOND,
                "training adds to weights, and the other's are larger: " + growth.words()));
    }

    private static Base other(Base base) {
        return base == Base.FIRST ? Base.SECOND : Base.FIRST;
    }
}
