package dev.forebear.cli.inspect;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The roles by the names of the stored tensors; a fused tensor plays several. */
final class TensorRoles {

    private final Map<String, Set<String>> roles = new LinkedHashMap<>();

    private TensorRoles() {}

    static TensorRoles none() {
        return new TensorRoles();
    }

    static TensorRoles of(Transformer transformer) {
        var roles = new TensorRoles();
        roles.add(transformer.embedding(), "embedding");
        if (transformer.outputHead() != null) {
            roles.add(transformer.outputHead(), "output head");
        }
        roles.add(transformer.finalNormGain(), "final norm gain");
        transformer.layers().forEach(roles::add);
        return roles;
    }

    /** Roles of a stored tensor, in words; empty when it plays none that is known. */
    List<String> of(String tensor) {
        return List.copyOf(roles.getOrDefault(tensor, Set.of()));
    }

    /** Number of stored tensors that play a known role. */
    int size() {
        return roles.size();
    }

    private void add(Layer layer) {
        add(layer.attentionNormGain(), "attention norm gain");
        add(layer.attentionNormBias(), "attention norm bias");
        add(layer.mlpNormGain(), "MLP norm gain");
        add(layer.mlpNormBias(), "MLP norm bias");
        add(layer.query(), "query");
        add(layer.key(), "key");
        add(layer.value(), "value");
        add(layer.output(), "attention output");
        layer.mlps().forEach(this::add);
    }

    private void add(Mlp mlp) {
        add(mlp.gate(), "MLP gate");
        add(mlp.up(), "MLP up");
        add(mlp.down(), "MLP down");
        add(mlp.upBias(), "MLP up bias");
    }

    private void add(@Nullable WeightMatrix matrix, String role) {
        if (matrix != null) {
            add(matrix.name(), role);
        }
    }

    private void add(@Nullable WeightVector vector, String role) {
        if (vector != null) {
            add(vector.name(), role);
        }
    }

    private void add(String tensor, String role) {
        roles.computeIfAbsent(tensor, none -> new LinkedHashSet<>()).add(role);
    }
}
