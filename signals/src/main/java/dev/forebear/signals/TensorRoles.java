package dev.forebear.signals;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.WeightVector;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the roles that stored tensors play, the same whatever prefix a checkpoint writes before its tensors. */
final class TensorRoles {

    private final Map<String, String> roles = new HashMap<>();

    private TensorRoles() {}

    /** By tensor name; a fused tensor has all its roles, an output head that is the embedding the empty one. */
    static Map<String, String> of(Transformer transformer) {
        TensorRoles found = new TensorRoles();
        found.add(transformer.embedding(), "embedding");
        WeightMatrix head = transformer.outputHead();
        if (head != null && !head.name().equals(transformer.embedding().name())) {
            found.roles.put(head.name(), transformer.tied() ? "" : "output-head");
        }
        found.add(transformer.finalNormGain(), "final-norm");
        transformer.layers().forEach(found::addLayer);
        return found.roles;
    }

    private void addLayer(Layer layer) {
        String prefix = String.format("layer-%05d.", layer.index());
        add(layer.attentionNormGain(), prefix + "attention-norm");
        add(layer.attentionNormBias(), prefix + "attention-norm-bias");
        add(layer.mlpNormGain(), prefix + "mlp-norm");
        add(layer.mlpNormBias(), prefix + "mlp-norm-bias");
        add(layer.query(), prefix + "query");
        add(layer.key(), prefix + "key");
        add(layer.value(), prefix + "value");
        add(layer.output(), prefix + "output");
        for (int i = 0; i < layer.mlps().size(); i++) {
            Mlp mlp = layer.mlps().get(i);
            String expert = prefix + String.format("mlp-%05d.", i);
            add(mlp.gate(), expert + "gate");
            add(mlp.up(), expert + "up");
            add(mlp.down(), expert + "down");
            add(mlp.upBias(), expert + "up-bias");
        }
    }

    private void add(@Nullable WeightMatrix matrix, String role) {
        if (matrix != null) {
            roles.merge(matrix.name(), role, (first, second) -> first + "+" + second);
        }
    }

    private void add(@Nullable WeightVector vector, String role) {
        if (vector != null) {
            roles.merge(vector.name(), role, (first, second) -> first + "+" + second);
        }
    }
}
