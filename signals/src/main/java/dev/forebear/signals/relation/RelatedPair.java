package dev.forebear.signals.relation;

import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.confirmation.LayerMatrix;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.ModelWeights.Unit;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A base and a model that came from it, with the tensors that correspond. Not safe for use by several threads. */
final class RelatedPair {

    private final ModelWeights base;
    private final ModelWeights derived;
    private final double sharedFunction;
    private final @Nullable LayerMatrix matrix;
    private final LayerAlignment alignment;
    private final MappedTensors tensors;
    private @Nullable Map<MappedTensor, TensorChange> changes;

    /** A unit of the base and the unit of the derived model that came from it. */
    record UnitPair(Unit base, Unit derived) {}

    private RelatedPair(ModelWeights base, ModelWeights derived, double sharedFunction, @Nullable LayerMatrix matrix) {
        this.base = base;
        this.derived = derived;
        this.sharedFunction = sharedFunction;
        this.matrix = matrix;
        this.alignment = LayerAlignment.of(matrix);
        this.tensors = MappedTensors.between(base, derived, alignment);
    }

    static RelatedPair of(ModelWeights base, ModelWeights derived, CheckpointComparison compared) {
        return new RelatedPair(base, derived, compared.compared().sharedFunction(), compared.layers());
    }

    /** The same two, the other as the base. */
    RelatedPair reversed() {
        return new RelatedPair(derived, base, sharedFunction, matrix == null ? null : matrix.transposed());
    }

    ModelWeights base() {
        return base;
    }

    ModelWeights derived() {
        return derived;
    }

    /** Cosine of the functionals; NaN when not comparable. */
    double sharedFunction() {
        return sharedFunction;
    }

    LayerAlignment alignment() {
        return alignment;
    }

    MappedTensors tensors() {
        return tensors;
    }

    /** Units whose own rows say where they came from. */
    List<UnitPair> units() {
        List<UnitPair> units = new ArrayList<>();
        for (int unit = 0; unit < alignment.baseUnits().length; unit++) {
            if (alignment.established()[unit]) {
                units.add(new UnitPair(
                        base.units().get(alignment.baseUnits()[unit]),
                        derived.units().get(unit)));
            }
        }
        return units;
    }

    /** Of the projections that are mapped. */
    Map<MappedTensor, TensorChange> changes() throws IOException {
        if (changes == null) {
            Map<MappedTensor, TensorChange> found = new LinkedHashMap<>();
            for (MappedTensor tensor : tensors.body()) {
                found.put(tensor, TensorChange.of(tensor));
            }
            changes = found;
        }
        return changes;
    }

    TensorChange change() throws IOException {
        return TensorChange.sum(changes().values());
    }

    /** Whether every row of both is at hand, not a sample. */
    boolean whole() {
        return base.whole() && derived.whole();
    }

    /** The first rows of a projection instead of the sampled ones. */
    MappedTensor firstRows(MappedTensor tensor, int atMost) {
        Projection projection = Objects.requireNonNull(tensor.projection());
        int unit = tensor.derivedUnit();
        Unit first = base.units().get(alignment.baseUnits()[unit]);
        Unit second = derived.units().get(unit);
        WeightMatrix one = Objects.requireNonNull(base.matrix(first, projection));
        WeightMatrix other = Objects.requireNonNull(derived.matrix(second, projection));
        int count = Math.min(atMost, one.rows());
        return new MappedTensor(
                tensor.component(),
                projection,
                tensor.baseLayer(),
                unit,
                tensor.derivedLayer(),
                IntStream.range(0, count).toArray(),
                StoredRows.of(one, () -> base.firstRows(first, projection, count)),
                StoredRows.of(other, () -> derived.firstRows(second, projection, count)));
    }

    boolean sameDepth() {
        return layers(base) == layers(derived);
    }

    boolean sameWidth() {
        return base.transformer().hiddenSize() == derived.transformer().hiddenSize();
    }

    static int layers(ModelWeights model) {
        return model.transformer().layers().size();
    }

    /** Largest number of MLPs in a block. */
    static int experts(ModelWeights model) {
        OptionalInt most = model.transformer().layers().stream()
                .mapToInt(layer -> layer.mlps().size())
                .max();
        return most.orElse(0);
    }
}
