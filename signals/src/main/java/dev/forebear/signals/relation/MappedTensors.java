package dev.forebear.signals.relation;

import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import dev.forebear.signals.weights.SharedTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tensors of two models that correspond: projections of mapped units with equal shape, and the embedding of shared
 * tokens where hidden sizes are equal. Attention is counted once per layer; of a mixture of experts every expert maps
 * to an MLP of its own.
 *
 * @param body projections of units whose own rows say where they came from, in the order of the derived model
 * @param inferred projections of units that only their neighbours place
 * @param embedding rows of shared tokens; empty without any
 */
public record MappedTensors(List<MappedTensor> body, List<MappedTensor> inferred, Optional<MappedTensor> embedding) {

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
        return new MappedTensors(body, inferred, embedding(base, derived));
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
        var one = base.matrix(first, projection);
        var other = derived.matrix(second, projection);
        if (one == null || other == null || one.rows() != other.rows() || one.columns() != other.columns()) {
            return Optional.empty();
        }
        int[] ofBase = base.positions(first, projection);
        int[] ofDerived = derived.positions(second, projection);
        int[] common = MappedTensor.common(ofBase, ofDerived);
        MappedTensor.Source rowsOfBase = () -> base.stored(first, projection);
        MappedTensor.Source rowsOfDerived = () -> derived.stored(second, projection);
        return Optional.of(new MappedTensor(
                projection,
                first.layer().index(),
                second.index(),
                second.layer().index(),
                common,
                rowsOfBase.at(ofBase, common),
                rowsOfDerived.at(ofDerived, common)));
    }

    private static Optional<MappedTensor> embedding(ModelWeights base, ModelWeights derived) {
        int rowsOfBase = base.transformer().embedding().rows();
        int rowsOfDerived = derived.transformer().embedding().rows();
        boolean whole = base.whole() && derived.whole();
        SharedTokens shared = SharedTokens.of(
                base.tokens(), rowsOfBase, derived.tokens(), rowsOfDerived, whole ? Integer.MAX_VALUE : TOKENS);
        if (base.transformer().hiddenSize() != derived.transformer().hiddenSize()
                || shared.first().isEmpty()) {
            return Optional.empty();
        }
        int[] positions = IntStream.range(0, shared.first().size()).toArray();
        return Optional.of(new MappedTensor(
                null,
                -1,
                -1,
                -1,
                positions,
                () -> base.storedEmbeddings(shared.first()),
                () -> derived.storedEmbeddings(shared.second())));
    }
}
