package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.naming.AttentionNames.Concatenated;
import dev.forebear.checkpoint.naming.AttentionNames.Grouped;
import dev.forebear.checkpoint.naming.AttentionNames.Separate;
import dev.forebear.checkpoint.naming.Layout.Orientation;
import dev.forebear.checkpoint.naming.MlpNames.Plain;
import java.util.List;

/** All naming tables, the more particular before the more general. A new architecture is one table more. */
final class Layouts {

    private static final Layout GPT2 = new Layout(
            "gpt2",
            Normalisation.LAYER,
            Orientation.IN_BY_OUT,
            config -> true,
            List.of("h.%d.attn.c_attn.weight", "h.%d.mlp.c_fc.weight"),
            "wte.weight",
            List.of("ln_f"),
            List.of("lm_head.weight"),
            List.of(new Stack(
                    "h.%d.",
                    List.of("ln_1"),
                    List.of("ln_2"),
                    List.of(new Concatenated("attn.c_attn", "attn.c_proj")),
                    List.of(new Plain("mlp.c_fc", "mlp.c_proj")))));

    private static final Layout GPT_NEOX = new Layout(
            "gpt-neox",
            Normalisation.LAYER,
            Orientation.OUT_BY_IN,
            config -> true,
            List.of("layers.%d.attention.query_key_value.weight"),
            "embed_in.weight",
            List.of("final_layer_norm"),
            List.of("embed_out.weight", "lm_head.weight"),
            List.of(new Stack(
                    "layers.%d.",
                    List.of("input_layernorm"),
                    List.of("post_attention_layernorm"),
                    List.of(new Grouped("attention.query_key_value", "attention.dense")),
                    List.of(new Plain("mlp.dense_h_to_4h", "mlp.dense_4h_to_h")))));

    private static final Layout GPT_J = new Layout(
            "gpt-j",
            Normalisation.LAYER,
            Orientation.OUT_BY_IN,
            config -> true,
            List.of("h.%d.attn.q_proj.weight", "h.%d.mlp.fc_in.weight"),
            "wte.weight",
            List.of("ln_f"),
            List.of("lm_head.weight"),
            List.of(new Stack(
                    "h.%d.",
                    List.of("ln_1"),
                    List.of("ln_1"),
                    List.of(new Separate("attn.q_proj", "attn.k_proj", "attn.v_proj", "attn.out_proj")),
                    List.of(new Plain("mlp.fc_in", "mlp.fc_out")))));

    private static final Layout OPT = new Layout(
            "opt",
            Normalisation.LAYER,
            Orientation.OUT_BY_IN,
            config -> true,
            List.of("layers.%d.fc1.weight", "layers.%d.self_attn_layer_norm.weight"),
            "embed_tokens.weight",
            List.of("final_layer_norm"),
            List.of("lm_head.weight"),
            List.of(new Stack(
                    "layers.%d.",
                    List.of("self_attn_layer_norm"),
                    List.of("final_layer_norm"),
                    List.of(new Separate(
                            "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj")),
                    List.of(new Plain("fc1", "fc2")))));

    private static final Layout OPT_AFTER = OPT.variant(
            "opt-post-norm",
            Normalisation.LAYER_AFTER,
            config -> !config.text().path("do_layer_norm_before").asBoolean(true));

    private static final Layout FALCON = bloomLike("falcon", "h.%d.self_attention.query_key_value.weight");

    private static final Layout BLOOM = bloomLike("bloom", "word_embeddings_layernorm.weight");

    private static final Layout BERT = new Layout(
            "bert",
            Normalisation.LAYER_AFTER,
            Orientation.OUT_BY_IN,
            config -> true,
            List.of("encoder.layer.%d.attention.self.query.weight"),
            "embeddings.word_embeddings.weight",
            List.of(),
            List.of("cls.predictions.decoder.weight", "lm_head.decoder.weight"),
            List.of(new Stack(
                    "encoder.layer.%d.",
                    List.of("attention.output.LayerNorm"),
                    List.of("output.LayerNorm"),
                    List.of(new Separate(
                            "attention.self.query",
                            "attention.self.key",
                            "attention.self.value",
                            "attention.output.dense")),
                    List.of(new Plain("intermediate.dense", "output.dense")))));

    private static final Layout ROBERTA = BERT.variant(
            "roberta", Normalisation.LAYER_AFTER, config -> config.modelType().contains("roberta"));

    static final List<Layout> ALL = List.of(
            LlamaLayouts.DEEPSEEK,
            LlamaLayouts.LLAMA4,
            LlamaLayouts.MIXTRAL,
            LlamaLayouts.LLAMA_EXPERTS,
            LlamaLayouts.PHI3,
            LlamaLayouts.PHI,
            LlamaLayouts.GEMMA_SANDWICH,
            LlamaLayouts.SANDWICH,
            LlamaLayouts.GEMMA,
            LlamaLayouts.LLAMA,
            GPT2,
            GPT_NEOX,
            GPT_J,
            EncoderDecoderLayouts.BART_AFTER,
            EncoderDecoderLayouts.BART,
            EncoderDecoderLayouts.WHISPER,
            OPT_AFTER,
            OPT,
            BLOOM,
            FALCON,
            ROBERTA,
            BERT,
            EncoderDecoderLayouts.T5);

    private Layouts() {}

    // The norms of Falcon: 40B has one for each sublayer, 7B one for both, 1B those of BLOOM.
    private static Layout bloomLike(String name, String marker) {
        return new Layout(
                name,
                Normalisation.LAYER,
                Orientation.OUT_BY_IN,
                config -> true,
                List.of(marker, "h.%d.mlp.dense_h_to_4h.weight"),
                "word_embeddings.weight",
                List.of("ln_f"),
                List.of("lm_head.weight"),
                List.of(new Stack(
                        "h.%d.",
                        List.of("ln_attn", "input_layernorm"),
                        List.of("ln_mlp", "post_attention_layernorm", "input_layernorm"),
                        List.of(new Grouped("self_attention.query_key_value", "self_attention.dense")),
                        List.of(new Plain("mlp.dense_h_to_4h", "mlp.dense_4h_to_h")))));
    }
}
