package dev.forebear.signals.relation;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.WeightVector;
import dev.forebear.signals.relation.RelatedPair.UnitPair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether two models hold the same values, as they are or as they are written in another dtype. */
final class Equality {

    private final RelatedPair pair;

    Equality(RelatedPair pair) {
        this.pair = pair;
    }

    /** Copies and casts. */
    static Optional<Named> of(RelatedPair pair, VocabularyChange vocabulary) throws IOException {
        if (!vocabulary.none()) {
            return Optional.empty();
        }
        Equality equality = new Equality(pair);
        Dtype before = equality.dtype(true);
        Dtype after = equality.dtype(false);
        if (equality.holds(Rounding.F32)) {
            return Optional.of(
                    before == after
                            ? new Named(RelationKind.COPY, "every value equal")
                            : new Named(RelationKind.CAST, before + " to " + after + ", every value equal"));
        }
        for (Rounding rounding : List.of(Rounding.BF16, Rounding.F16)) {
            if (equality.holds(rounding)) {
                return Optional.of(new Named(RelationKind.CAST, words(before, rounding, after)));
            }
        }
        return Optional.empty();
    }

    private static String words(Dtype before, Rounding rounding, Dtype after) {
        String through = rounding.name().equals(after.name()) ? "" : " by way of " + rounding;
        return before + " to " + after + through + ", every value rounded to the nearest";
    }

    /** Whether every value of the derived model is what is written for the one of the base. */
    boolean holds(Rounding rounding) throws IOException {
        if (pair.tensors().body().isEmpty()
                || !pair.alignment().identity()
                || !pair.alignment().complete()
                || pair.tensors().embedding().isEmpty()) {
            return false;
        }
        List<MappedTensor> tensors = new ArrayList<>(pair.tensors().body());
        pair.tensors().embedding().ifPresent(tensors::add);
        pair.tensors().outputHead().ifPresent(tensors::add);
        for (MappedTensor tensor : tensors) {
            if (!holds(tensor.base(), tensor.derived(), rounding)) {
                return false;
            }
        }
        return vectorsHold(rounding);
    }

    private static boolean holds(double[][] base, double[][] derived, Rounding rounding) {
        for (int i = 0; i < base.length; i++) {
            for (int j = 0; j < base[i].length; j++) {
                if (derived[i][j] != base[i][j] && !rounding.writes(base[i][j], derived[i][j])) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean vectorsHold(Rounding rounding) throws IOException {
        Transformer one = pair.base().transformer();
        Transformer other = pair.derived().transformer();
        boolean hold = vectorHolds(one.finalNormGain(), other.finalNormGain(), rounding);
        for (UnitPair units : pair.units()) {
            List<Optional<WeightVector>> before = vectors(units.base().layer());
            List<Optional<WeightVector>> after = vectors(units.derived().layer());
            for (int i = 0; hold && i < before.size(); i++) {
                hold = vectorHolds(before.get(i).orElse(null), after.get(i).orElse(null), rounding);
            }
            hold = hold
                    && vectorHolds(
                            units.base().mlp().upBias(), units.derived().mlp().upBias(), rounding);
        }
        return hold;
    }

    private static List<Optional<WeightVector>> vectors(Layer layer) {
        return Stream.of(
                        Optional.ofNullable(layer.attentionNormGain()),
                        Optional.ofNullable(layer.attentionNormBias()),
                        Optional.ofNullable(layer.mlpNormGain()),
                        Optional.ofNullable(layer.mlpNormBias()))
                .toList();
    }

    // One step of leeway: where gains are stored as their distance from 1, rounding happened before 1 was added.
    private boolean vectorHolds(@Nullable WeightVector base, @Nullable WeightVector derived, Rounding rounding)
            throws IOException {
        double[] before = pair.base().vector(base);
        double[] after = pair.derived().vector(derived);
        if (before == null || after == null) {
            return before == after;
        }
        return before.length == after.length
                && IntStream.range(0, before.length)
                        .allMatch(i -> Math.abs(after[i] - before[i]) <= rounding.step(before[i]));
    }

    /** Dtype of the projections. */
    private Dtype dtype(boolean ofBase) {
        MappedTensor first =
                pair.tensors().body().isEmpty() ? null : pair.tensors().body().getFirst();
        if (first == null) {
            return Dtype.F32;
        }
        return ofBase ? first.rowsOfBase().dtype() : first.rowsOfDerived().dtype();
    }
}
