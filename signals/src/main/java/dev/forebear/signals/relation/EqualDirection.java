package dev.forebear.signals.relation;

import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.relation.Direction.Base;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of two models that hold the same values, in the same or another dtype, came first. */
final class EqualDirection {

    /** Difference of the rank correlations of id and length: merges grow longer as tokenizers are trained. */
    private static final double ORDERED = 0.15;

    private final RelatedPair pair;
    private final VocabularyChange vocabulary;

    EqualDirection(RelatedPair pair, VocabularyChange vocabulary) {
        this.pair = pair;
        this.vocabulary = vocabulary;
    }

    Optional<Direction> decide() throws IOException {
        if (!vocabulary.none()) {
            return Optional.empty();
        }
        Equality forwards = new Equality(pair);
        if (forwards.holds(Rounding.F32)) {
            return Optional.of(equal());
        }
        for (Rounding rounding : List.of(Rounding.BF16, Rounding.F16)) {
            if (forwards.holds(rounding)) {
                return Optional.of(Direction.established(Base.FIRST, "the other's values are its own, rounded"));
            }
            if (new Equality(pair.reversed()).holds(rounding)) {
                return Optional.of(Direction.established(Base.SECOND, "the other's values are its own, rounded"));
            }
        }
        return Optional.empty();
    }

    private Direction equal() throws IOException {
        MappedTensor tensor = pair.tensors().body().getFirst();
        int bits = Rounding.to(tensor.rowsOfBase().dtype()).fractionBits();
        int others = Rounding.to(tensor.rowsOfDerived().dtype()).fractionBits();
        if (bits != others) {
            return Direction.established(
                    bits < others ? Base.FIRST : Base.SECOND, "the other's dtype is finer than any of its values");
        }
        if (!vocabulary.isRenumbering()) {
            return Direction.undetermined("every value is equal");
        }
        double order = order(pair.base());
        double otherOrder = order(pair.derived());
        return Math.abs(order - otherOrder) > ORDERED
                ? Direction.established(
                        order > otherOrder ? Base.FIRST : Base.SECOND, "the token ids of the other are shuffled")
                : Direction.undetermined("the same tokens under other ids: either may be the original");
    }

    /** Rank correlation (Spearman) of id and length of the tokens. */
    private static double order(ModelWeights model) {
        List<Token> tokens = model.tokens().stream()
                .sorted(Comparator.comparingInt(Token::id))
                .toList();
        double[] lengths =
                tokens.stream().mapToDouble(token -> token.key().length()).toArray();
        return Ranks.correlation(lengths);
    }
}
