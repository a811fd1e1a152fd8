package dev.forebear.signals.relation;

import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import dev.forebear.signals.weights.SharedTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of two models that correspond: projections of mapped units with equal shape, and the vectors of shared
 * tokens where hidden sizes are equal. Attention is counted once per layer; of a mixture of experts every expert maps
 * to an MLP of its own.
 *
 * @param body projections of units whose own rows say where they came from, in the order of the derived model
 * @param inferred projections of units that only their neighbours place
 * @param embedding rows of shared tokens; empty without any
 * @param outputHead rows of shared tokens; empty where either model is tied or has none
 */
public record MappedTensors(
        List<MappedTensor> body,
        List<MappedTensor> inferred,
        Optional<MappedTensor> embedding,
        Optional<MappedTensor> outputHead) {

    /** Tokens of a model too large to be read in full. */
    private static final int TOKENS = 1024;

    public MappedTensors {
        body = List.copyOf(body);
        inferred = List.copyOf(inferred);
    }

    public static MappedTensors between(ModelWeights base, ModelWeights derived, LayerAlignment alignment) {
        List<MappedTensor> body = new ArrayList<>();
        List<MappedTensor> inferred = new ArrayList<>();
        int attentionOf = LayerAlignment.NONE;
        for (int unit = 0; unit < alignment.baseUnits().length; unit++) {
            int from = alignment.baseUnits()[unit];
            if (from == LayerAlignment.NONE) {
                continue;
            }
            Unit second = derived.units().get(unit);
            for (Projection projection : Projection.values()) {
                if (projection.isOfMlp() || attentionOf != second.layer().index()) {
                    projection(base, base.units().get(from), derived, second, projection)
                            .ifPresent(alignment.established()[unit] ? body::add : inferred::add);
                }
            }
            attentionOf = second.layer().index();
        }
        SharedTokens shared = shared(base, derived);
        boolean untied = !base.transformer().tied() && !derived.transformer().tied();
        return new MappedTensors(
                body,
                inferred,
                vectors(
                        "embedding",
                        base,
                        base.transformer().embedding(),
                        derived,
                        derived.transformer().embedding(),
                        shared),
                untied
                        ? vectors(
                                "output-head",
                                base,
                                base.transformer().outputHead(),
                                derived,
                                derived.transformer().outputHead(),
                                shared)
                        : Optional.empty());
    }

    /** The same projection of the same derived unit, in the tensors that came from another relative. */
    public Optional<MappedTensor> find(MappedTensor other) {
        return body.stream()
                .filter(tensor ->
                        tensor.derivedUnit() == other.derivedUnit() && tensor.projection() == other.projection())
                .findFirst();
    }

    private static Optional<MappedTensor> projection(
            ModelWeights base, Unit first, ModelWeights derived, Unit second, Projection projection) {
        WeightMatrix one = base.matrix(first, projection);
        WeightMatrix other = derived.matrix(second, projection);
        if (one == null || other == null || one.rows() != other.rows() || one.columns() != other.columns()) {
            return Optional.empty();
        }
        int[] ofBase = base.positions(first, projection);
        int[] ofDerived = derived.positions(second, projection);
        int[] common = MappedTensor.common(ofBase, ofDerived);
        return Optional.of(new MappedTensor(
                projection.name().toLowerCase(Locale.ROOT),
                projection,
                first.layer().index(),
                second.index(),
                second.layer().index(),
                common,
                StoredRows.of(one, () -> base.stored(first, projection)).at(ofBase, common),
                StoredRows.of(other, () -> derived.stored(second, projection)).at(ofDerived, common)));
    }

    private static SharedTokens shared(ModelWeights base, ModelWeights derived) {
        int rowsOfBase = base.transformer().embedding().rows();
        int rowsOfDerived = derived.transformer().embedding().rows();
        int atMost = base.whole() && derived.whole() ? Integer.MAX_VALUE : TOKENS;
        return SharedTokens.of(base.tokens(), rowsOfBase, derived.tokens(), rowsOfDerived, atMost);
    }

    private static Optional<MappedTensor> vectors(
            String component,
            ModelWeights base,
            @Nullable WeightMatrix one,
            ModelWeights derived,
            @Nullable WeightMatrix other,
            SharedTokens shared) {
        if (one == null
                || other == null
                || one.columns() != other.columns()
                || shared.first().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MappedTensor(
                component,
                null,
                -1,
                -1,
                -1,
                IntStream.range(0, shared.first().size()).toArray(),
                StoredRows.of(one, () -> base.stored(one, shared.first())),
                StoredRows.of(other, () -> derived.stored(other, shared.second()))));
    }
}
