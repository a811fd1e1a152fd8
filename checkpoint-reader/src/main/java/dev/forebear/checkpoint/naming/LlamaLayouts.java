package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.naming.AttentionNames.Concatenated;
import dev.forebear.checkpoint.naming.AttentionNames.Latent;
import dev.forebear.checkpoint.naming.AttentionNames.Separate;
import dev.forebear.checkpoint.naming.Layout.Orientation;
import dev.forebear.checkpoint.naming.MlpNames.Experts;
import dev.forebear.checkpoint.naming.MlpNames.FusedGated;
import dev.forebear.checkpoint.naming.MlpNames.Gated;
import dev.forebear.checkpoint.naming.MlpNames.Plain;
import java.util.List;

/** Llama and the architectures that took over its names: Mistral, Qwen, Gemma, Phi, Mixtral, DeepSeek. */
final class LlamaLayouts {

    private static final AttentionNames ATTENTION =
            new Separate("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj");
    private static final MlpNames MLP = new Gated("mlp.gate_proj", "mlp.up_proj", "mlp.down_proj");
    private static final MlpNames EXPERTS = new Experts(
            "mlp.experts.%d.",
            List.of("mlp.shared_experts.", "mlp.shared_expert."), new Gated("gate_proj", "up_proj", "down_proj"));
    private static final List<String> AFTER_ATTENTION = List.of("post_attention_layernorm", "input_layernorm");

    /** Llama, Mistral, Qwen 2 and 3. */
    static final Layout LLAMA =
            layout("llama", "layers.%d.mlp.up_proj", blocks(AFTER_ATTENTION, ATTENTION, List.of(MLP)));

    /** Norms stored as g − 1. */
    static final Layout GEMMA = LLAMA.variant(
            "gemma", Normalisation.RMS_UNIT_OFFSET, config -> config.modelType().equals("gemma"));

    /** Gemma 2 and 3: two more norms, which follow attention and MLP; the one that feeds the MLP has its own name. */
    static final Layout GEMMA_SANDWICH = sandwich("gemma2")
            .variant(
                    "gemma2",
                    Normalisation.RMS_UNIT_OFFSET,
                    config -> config.modelType().startsWith("gemma"));

    /** The same without the offset, such as OLMo 2, which feeds its sublayers without a norm. */
    static final Layout SANDWICH = sandwich("llama-sandwich");

    /** Qwen MoE and the DeepSeek models without MLA: dense blocks first, then experts. */
    static final Layout LLAMA_EXPERTS = layout(
            "qwen-moe", "layers.%d.mlp.experts.0.up_proj", blocks(AFTER_ATTENTION, ATTENTION, List.of(EXPERTS, MLP)));

    static final Layout MIXTRAL = layout(
            "mixtral",
            "layers.%d.block_sparse_moe.experts.0.w3",
            blocks(
                    AFTER_ATTENTION,
                    ATTENTION,
                    List.of(new Experts("block_sparse_moe.experts.%d.", List.of(), new Gated("w1", "w3", "w2")))));

    /** Dense blocks between those with experts, and an expert that always takes part. */
    static final Layout LLAMA4 = layout(
            "llama4",
            "layers.%d.feed_forward.router",
            blocks(
                    AFTER_ATTENTION,
                    ATTENTION,
                    List.of(
                            new Experts(
                                    "feed_forward.experts.%d.",
                                    List.of("feed_forward.shared_expert."),
                                    new Gated("gate_proj", "up_proj", "down_proj")),
                            new Gated("feed_forward.gate_proj", "feed_forward.up_proj", "feed_forward.down_proj"))));

    static final Layout DEEPSEEK = layout(
            "deepseek",
            "layers.%d.self_attn.kv_a_proj_with_mqa",
            blocks(
                    AFTER_ATTENTION,
                    new Latent("self_attn.q_proj", "self_attn.kv_a_proj_with_mqa", "self_attn.o_proj"),
                    List.of(EXPERTS, MLP)));

    /** Phi 3 and 4. */
    static final Layout PHI3 = layout(
            "phi3",
            "layers.%d.self_attn.qkv_proj",
            blocks(
                    AFTER_ATTENTION,
                    new Concatenated("self_attn.qkv_proj", "self_attn.o_proj"),
                    List.of(new FusedGated("mlp.gate_up_proj", "mlp.down_proj"))));

    /** Phi 1 and 2: attention and MLP read the same norm. */
    static final Layout PHI = new Layout(
            "phi",
            Normalisation.LAYER,
            Orientation.OUT_BY_IN,
            config -> true,
            List.of("layers.%d.mlp.fc1.weight", "layers.%d.self_attn.dense.weight"),
            "embed_tokens.weight",
            List.of("final_layernorm"),
            List.of("lm_head.weight"),
            List.of(blocks(
                    List.of("input_layernorm"),
                    new Separate("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.dense"),
                    List.of(new Plain("mlp.fc1", "mlp.fc2")))));

    private LlamaLayouts() {}

    private static Layout sandwich(String name) {
        return layout(
                name,
                "layers.%d.post_feedforward_layernorm",
                blocks(List.of("pre_feedforward_layernorm"), ATTENTION, List.of(MLP)));
    }

    private static Layout layout(String name, String marker, Stack blocks) {
        return new Layout(
                name,
                Normalisation.RMS,
                Orientation.OUT_BY_IN,
                config -> true,
                List.of(marker + ".weight"),
                "embed_tokens.weight",
                List.of("norm"),
                List.of("lm_head.weight"),
                List.of(blocks));
    }

    private static Stack blocks(List<String> mlpNorms, AttentionNames attention, List<MlpNames> mlps) {
        return new Stack("layers.%d.", List.of("input_layernorm"), mlpNorms, List.of(attention), mlps);
    }
}
