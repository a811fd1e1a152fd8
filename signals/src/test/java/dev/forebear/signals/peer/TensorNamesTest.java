package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorNamesTest {

    @ParameterizedTest
    @CsvSource({
        "model.layers.17.mlp.up_proj.weight, 17",
        "encoder.layer.3.output.dense.weight, 3",
        "transformer.h.0.attn.c_attn.weight, 0",
        "encoder.block.11.layer.0.SelfAttention.q.weight, 11"
    })
    void findsTheBlock(String name, int layer) {
        assertThat(TensorNames.layer(name)).hasValue(layer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.norm.weight", "lm_head.weight", "model.layers.weight", "layers.99999999999.weight"})
    void findsNoBlockOutsideTheBlocks(String name) {
        assertThat(TensorNames.layer(name)).isEmpty();
    }

    @Test
    void knowsNormsBySubstring() {
        assertThat(TensorNames.isNorm("model.layers.0.Input_LayerNorm.weight")).isTrue();
        assertThat(TensorNames.isNorm("transformer.h.0.ln_1.bias")).isTrue();
        assertThat(TensorNames.isNorm("model.layers.0.mlp.up_proj.weight")).isFalse();
    }

    @Test
    void knowsProjectionsBySubstring() {
        assertThat(TensorNames.isProjection("model.layers.0.block_sparse_moe.gate.weight"))
                .isTrue();
        assertThat(TensorNames.isProjection("gpt_neox.layers.0.attention.query_key_value.weight"))
                .isTrue();
        assertThat(TensorNames.isProjection("transformer.h.0.attn.c_attn.weight"))
                .isFalse();
    }
}
