package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.naming.AttentionNames.Separate;
import dev.forebear.checkpoint.naming.Layout.Orientation;
import dev.forebear.checkpoint.naming.MlpNames.Gated;
import dev.forebear.checkpoint.naming.MlpNames.Plain;
import java.util.List;
import java.util.Set;

/**
 * Models with an encoder and a decoder: the blocks of the one, then those of the other. The attention of the decoder to
 * the encoder is left out, as nothing in a decoder-only model corresponds to it.
 */
final class EncoderDecoderLayouts {

    /** Those whose norms follow their sublayers. */
    private static final Set<String> NORMS_FOLLOW = Set.of("bart", "marian", "plbart", "led", "blenderbot-small");

    static final Layout T5 = new Layout(
            "t5",
            Normalisation.RMS,
            Orientation.OUT_BY_IN,
            config -> true,
            List.of("encoder.block.%d.layer.0.SelfAttention.q.weight"),
            "shared.weight",
            List.of("decoder.final_layer_norm", "encoder.final_layer_norm"),
            List.of("lm_head.weight"),
            List.of(t5Blocks("encoder", 1), t5Blocks("decoder", 2)));

    /** mBART, Pegasus, M2M100, NLLB. */
    static final Layout BART = bart("bart", "shared.weight");

    /** BART itself and Marian. */
    static final Layout BART_AFTER =
            BART.variant("bart-post-norm", Normalisation.LAYER_AFTER, EncoderDecoderLayouts::normsFollow);

    /** Its encoder hears: only the decoder has tokens. */
    static final Layout WHISPER = bart("whisper", "decoder.embed_tokens.weight");

    private EncoderDecoderLayouts() {}

    private static boolean normsFollow(ModelConfig config) {
        return NORMS_FOLLOW.contains(config.modelType())
                && !config.text().path("normalize_before").asBoolean(false);
    }

    private static Layout bart(String name, String embedding) {
        return new Layout(
                name,
                Normalisation.LAYER,
                Orientation.OUT_BY_IN,
                config -> true,
                List.of("encoder.layers.%d.fc1.weight", "encoder.layers.%d.self_attn_layer_norm.weight"),
                embedding,
                List.of("decoder.layer_norm", "encoder.layer_norm"),
                List.of("lm_head.weight", "proj_out.weight"),
                List.of(bartBlocks("encoder"), bartBlocks("decoder")));
    }

    private static Stack bartBlocks(String side) {
        return new Stack(
                side + ".layers.%d.",
                List.of("self_attn_layer_norm"),
                List.of("final_layer_norm"),
                List.of(new Separate("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj")),
                List.of(new Plain("fc1", "fc2")));
    }

    private static Stack t5Blocks(String side, int mlpLayer) {
        String mlp = "layer." + mlpLayer + ".";
        return new Stack(
                side + ".block.%d.",
                List.of("layer.0.layer_norm"),
                List.of(mlp + "layer_norm"),
                List.of(new Separate(
                        "layer.0.SelfAttention.q",
                        "layer.0.SelfAttention.k",
                        "layer.0.SelfAttention.v",
                        "layer.0.SelfAttention.o")),
                List.of(
                        new Gated(mlp + "DenseReluDense.wi_0", mlp + "DenseReluDense.wi_1", mlp + "DenseReluDense.wo"),
                        new Plain(mlp + "DenseReluDense.wi", mlp + "DenseReluDense.wo")));
    }
}
