package dev.forebear.checkpoint.gguf;

import java.util.HashMap;
import java.util.Map;

/** As {@link GgufNames}, of architectures that have little in common with Llama. */
final class GgufOlderNames {

    static final Map<String, String> GPT_NEOX = Map.ofEntries(
            Map.entry("token_embd", "gpt_neox.embed_in"),
            Map.entry("output_norm", "gpt_neox.final_layer_norm"),
            Map.entry("output", "embed_out"),
            Map.entry("blk.%d.attn_norm", "gpt_neox.layers.%d.input_layernorm"),
            Map.entry("blk.%d.attn_qkv", "gpt_neox.layers.%d.attention.query_key_value"),
            Map.entry("blk.%d.attn_output", "gpt_neox.layers.%d.attention.dense"),
            Map.entry("blk.%d.ffn_norm", "gpt_neox.layers.%d.post_attention_layernorm"),
            Map.entry("blk.%d.ffn_up", "gpt_neox.layers.%d.mlp.dense_h_to_4h"),
            Map.entry("blk.%d.ffn_down", "gpt_neox.layers.%d.mlp.dense_4h_to_h"));

    static final Map<String, String> BLOOM = Map.ofEntries(
            Map.entry("token_embd", "transformer.word_embeddings"),
            Map.entry("token_embd_norm", "transformer.word_embeddings_layernorm"),
            Map.entry("output_norm", "transformer.ln_f"),
            Map.entry("output", "lm_head"),
            Map.entry("blk.%d.attn_norm", "transformer.h.%d.input_layernorm"),
            Map.entry("blk.%d.attn_qkv", "transformer.h.%d.self_attention.query_key_value"),
            Map.entry("blk.%d.attn_output", "transformer.h.%d.self_attention.dense"),
            Map.entry("blk.%d.ffn_norm", "transformer.h.%d.post_attention_layernorm"),
            Map.entry("blk.%d.ffn_up", "transformer.h.%d.mlp.dense_h_to_4h"),
            Map.entry("blk.%d.ffn_down", "transformer.h.%d.mlp.dense_4h_to_h"));

    /**
     * Where there are two norms the first, which is that of the MLP, goes by the name that it has where there is one.
     */
    static final Map<String, String> FALCON = with(BLOOM, Map.of("blk.%d.attn_norm_2", "transformer.h.%d.ln_attn"));

    static final Map<String, String> BERT = Map.ofEntries(
            Map.entry("token_embd", "bert.embeddings.word_embeddings"),
            Map.entry("token_types", "bert.embeddings.token_type_embeddings"),
            Map.entry("position_embd", "bert.embeddings.position_embeddings"),
            Map.entry("token_embd_norm", "bert.embeddings.LayerNorm"),
            Map.entry("blk.%d.attn_q", "bert.encoder.layer.%d.attention.self.query"),
            Map.entry("blk.%d.attn_k", "bert.encoder.layer.%d.attention.self.key"),
            Map.entry("blk.%d.attn_v", "bert.encoder.layer.%d.attention.self.value"),
            Map.entry("blk.%d.attn_output", "bert.encoder.layer.%d.attention.output.dense"),
            Map.entry("blk.%d.attn_output_norm", "bert.encoder.layer.%d.attention.output.LayerNorm"),
            Map.entry("blk.%d.ffn_up", "bert.encoder.layer.%d.intermediate.dense"),
            Map.entry("blk.%d.ffn_down", "bert.encoder.layer.%d.output.dense"),
            Map.entry("blk.%d.layer_output_norm", "bert.encoder.layer.%d.output.LayerNorm"));

    private GgufOlderNames() {}

    private static Map<String, String> with(Map<String, String> names, Map<String, String> others) {
        var all = new HashMap<>(names);
        all.putAll(others);
        return Map.copyOf(all);
    }
}
