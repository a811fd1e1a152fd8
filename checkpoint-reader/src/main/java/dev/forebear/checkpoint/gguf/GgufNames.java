package dev.forebear.checkpoint.gguf;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of tensors before conversion, by those after it and without ".weight" or ".bias"; %d is the block. Experts, all
 * of a block in one tensor after conversion, have a second %d for their index.
 */
final class GgufNames {

    static final Map<String, String> LLAMA = Map.ofEntries(
            Map.entry("token_embd", "model.embed_tokens"),
            Map.entry("output_norm", "model.norm"),
            Map.entry("output", "lm_head"),
            Map.entry("blk.%d.attn_norm", "model.layers.%d.input_layernorm"),
            Map.entry("blk.%d.attn_q", "model.layers.%d.self_attn.q_proj"),
            Map.entry("blk.%d.attn_k", "model.layers.%d.self_attn.k_proj"),
            Map.entry("blk.%d.attn_v", "model.layers.%d.self_attn.v_proj"),
            Map.entry("blk.%d.attn_output", "model.layers.%d.self_attn.o_proj"),
            Map.entry("blk.%d.attn_q_norm", "model.layers.%d.self_attn.q_norm"),
            Map.entry("blk.%d.attn_k_norm", "model.layers.%d.self_attn.k_norm"),
            Map.entry("blk.%d.ffn_norm", "model.layers.%d.post_attention_layernorm"),
            Map.entry("blk.%d.ffn_gate", "model.layers.%d.mlp.gate_proj"),
            Map.entry("blk.%d.ffn_up", "model.layers.%d.mlp.up_proj"),
            Map.entry("blk.%d.ffn_down", "model.layers.%d.mlp.down_proj"),
            Map.entry("blk.%d.ffn_gate_inp", "model.layers.%d.mlp.gate"),
            Map.entry("blk.%d.ffn_gate_exps", "model.layers.%d.mlp.experts.%d.gate_proj"),
            Map.entry("blk.%d.ffn_up_exps", "model.layers.%d.mlp.experts.%d.up_proj"),
            Map.entry("blk.%d.ffn_down_exps", "model.layers.%d.mlp.experts.%d.down_proj"),
            Map.entry("blk.%d.ffn_gate_shexp", "model.layers.%d.mlp.shared_expert.gate_proj"),
            Map.entry("blk.%d.ffn_up_shexp", "model.layers.%d.mlp.shared_expert.up_proj"),
            Map.entry("blk.%d.ffn_down_shexp", "model.layers.%d.mlp.shared_expert.down_proj"),
            Map.entry("blk.%d.ffn_gate_inp_shexp", "model.layers.%d.mlp.shared_expert_gate"));

    /** Norms after each sublayer too. */
    static final Map<String, String> SANDWICH = with(
            LLAMA,
            Map.of(
                    "blk.%d.post_attention_norm", "model.layers.%d.post_attention_layernorm",
                    "blk.%d.ffn_norm", "model.layers.%d.pre_feedforward_layernorm",
                    "blk.%d.post_ffw_norm", "model.layers.%d.post_feedforward_layernorm"));

    /** Fused projections. */
    static final Map<String, String> PHI3 = with(
            LLAMA,
            Map.of(
                    "blk.%d.attn_qkv", "model.layers.%d.self_attn.qkv_proj",
                    "blk.%d.ffn_up", "model.layers.%d.mlp.gate_up_proj"));

    /** Mixtral is a llama with experts to llama.cpp. */
    static final Map<String, String> MIXTRAL = with(
            LLAMA,
            Map.of(
                    "blk.%d.ffn_gate_inp", "model.layers.%d.block_sparse_moe.gate",
                    "blk.%d.ffn_gate_exps", "model.layers.%d.block_sparse_moe.experts.%d.w1",
                    "blk.%d.ffn_down_exps", "model.layers.%d.block_sparse_moe.experts.%d.w2",
                    "blk.%d.ffn_up_exps", "model.layers.%d.block_sparse_moe.experts.%d.w3"));

    /** Keys and values through a shared latent, and experts that always take part. */
    static final Map<String, String> DEEPSEEK = with(
            LLAMA,
            Map.of(
                    "blk.%d.attn_q_a", "model.layers.%d.self_attn.q_a_proj",
                    "blk.%d.attn_q_a_norm", "model.layers.%d.self_attn.q_a_layernorm",
                    "blk.%d.attn_q_b", "model.layers.%d.self_attn.q_b_proj",
                    "blk.%d.attn_kv_a_mqa", "model.layers.%d.self_attn.kv_a_proj_with_mqa",
                    "blk.%d.attn_kv_a_norm", "model.layers.%d.self_attn.kv_a_layernorm",
                    "blk.%d.attn_kv_b", "model.layers.%d.self_attn.kv_b_proj",
                    "blk.%d.ffn_gate_shexp", "model.layers.%d.mlp.shared_experts.gate_proj",
                    "blk.%d.ffn_up_shexp", "model.layers.%d.mlp.shared_experts.up_proj",
                    "blk.%d.ffn_down_shexp", "model.layers.%d.mlp.shared_experts.down_proj"));

    static final Map<String, String> GPT_OSS = with(
            LLAMA,
            Map.of(
                    "blk.%d.post_attention_norm", "model.layers.%d.post_attention_layernorm",
                    "blk.%d.ffn_gate_inp", "model.layers.%d.mlp.router"));

    static final Map<String, String> GPT2 = Map.ofEntries(
            Map.entry("token_embd", "transformer.wte"),
            Map.entry("position_embd", "transformer.wpe"),
            Map.entry("output_norm", "transformer.ln_f"),
            Map.entry("output", "lm_head"),
            Map.entry("blk.%d.attn_norm", "transformer.h.%d.ln_1"),
            Map.entry("blk.%d.attn_qkv", "transformer.h.%d.attn.c_attn"),
            Map.entry("blk.%d.attn_output", "transformer.h.%d.attn.c_proj"),
            Map.entry("blk.%d.ffn_norm", "transformer.h.%d.ln_2"),
            Map.entry("blk.%d.ffn_up", "transformer.h.%d.mlp.c_fc"),
            Map.entry("blk.%d.ffn_down", "transformer.h.%d.mlp.c_proj"));

    private GgufNames() {}

    private static Map<String, String> with(Map<String, String> names, Map<String, String> others) {
        var all = new HashMap<>(names);
        all.putAll(others);
        return Map.copyOf(all);
    }
}
