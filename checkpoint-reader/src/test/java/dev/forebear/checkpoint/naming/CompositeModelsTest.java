package dev.forebear.checkpoint.naming;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static dev.forebear.checkpoint.naming.ArchitecturesTest.assertShape;
import static dev.forebear.checkpoint.naming.ArchitecturesTest.attention;
import static dev.forebear.checkpoint.naming.ArchitecturesTest.llama;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.Transformer.Normalisation;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models with more than one part: backbones inside others, encoders with decoders, experts in shared tensors. */
class CompositeModelsTest {

    static Stream<Arguments> models() {
        return Stream.of(
                row("llama", Normalisation.RMS, llama("llama").below("model.language_model.")),
                row("llama", Normalisation.RMS, llama("mistral").below("model.text_model.")),
                row("llama", Normalisation.RMS, mllama()),
                row("qwen-moe", Normalisation.RMS, turned("qwen3_vl_moe_text", "mlp.")),
                row("qwen-moe", Normalisation.RMS, plain("qwen3_moe", 12)),
                row("llama4", Normalisation.RMS, llama4()),
                row("mixtral", Normalisation.RMS, graniteMoe()),
                row("bart", Normalisation.LAYER, bart("mbart", "model.shared.weight")),
                row("bart-post-norm", Normalisation.LAYER_AFTER, bart("marian", "model.shared.weight")),
                row("whisper", Normalisation.LAYER, bart("whisper", "model.decoder.embed_tokens.weight")));
    }

    private static Arguments row(String layout, Normalisation normalisation, TinyModel model) {
        return Arguments.of(layout, normalisation, Named.of("model", model));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("models")
    void recognisesEveryRole(String layout, Normalisation normalisation, TinyModel model) throws IOException {
        Transformer transformer = model.transformer();
        assertThat(transformer.layout()).isEqualTo(layout);
        assertThat(transformer.normalisation()).isEqualTo(normalisation);
        assertThat(transformer.embedding().rows()).isEqualTo(10);
        assertThat(transformer.layers()).hasSize(2);
        for (Layer layer : transformer.layers()) {
            assertShape(layer.query(), 8, 8);
            assertThat(layer.attentionNormGain()).isNotNull();
            assertThat(layer.mlpNormGain()).isNotNull();
            assertThat(layer.mlps()).isNotEmpty().allSatisfy(mlp -> {
                assertShape(mlp.up(), 12, 8);
                assertShape(mlp.down(), 8, 12);
            });
        }
    }

    @Test
    void takesFusedExpertsApart() throws IOException {
        Mlp second =
                plain("qwen3_moe", 12).transformer().layers().getFirst().mlps().get(1);
        assertThat(TinyModel.values(second.gate())).startsWith(192, 193).hasSize(96);
        assertThat(TinyModel.values(second.up())).startsWith(192 + 96, 192 + 97);
        assertThat(TinyModel.values(second.down())).startsWith(96, 97);
        assertThat(second.up().rowsAreApart()).isFalse();
    }

    @Test
    void turnsFusedExpertsThatAreStoredByTheirInputs() throws IOException {
        Mlp second = turned("qwen3_vl_moe_text", "mlp.")
                .transformer()
                .layers()
                .getFirst()
                .mlps()
                .get(1);
        assertThat(TinyModel.values(second.gate())).startsWith(192, 192 + 24, 192 + 48);
        assertThat(TinyModel.values(second.up())).startsWith(192 + 12, 192 + 12 + 24);
        assertThat(TinyModel.values(second.down())).startsWith(96, 96 + 8);
        assertThat(second.up().rowsAreApart()).isTrue();
        assertThat(second.gate().name()).isEqualTo("model.layers.0.mlp.experts.gate_up_proj");
    }

    @Test
    void takesGateAndUpInTurnsWhereTheyAreStoredSo() throws IOException {
        TinyModel gptOss = turned("gpt_oss", "mlp.").blocks("model.layers.%d.mlp.experts.gate_up_proj_bias", 3, 24);
        Mlp mlp = gptOss.transformer().layers().getFirst().mlps().getFirst();
        var row = new float[8];
        mlp.gate().readRows(1, 1, row);
        assertThat(row).startsWith(2, 2 + 24);
        mlp.up().readRows(1, 1, row);
        assertThat(row).startsWith(3, 3 + 24);
    }

    @Test
    void leavesExpertsAloneThatDoNotFitTogether() {
        assertRefused(plain("qwen3_moe", 11)::transformer, Reason.UNSUPPORTED, "known architecture");
    }

    @Test
    void listsWhatAlwaysTakesPartWithTheExperts() throws IOException {
        assertThat(llama4().transformer().layers().getFirst().mlps())
                .hasSize(4)
                .last()
                .satisfies(shared -> assertThat(shared.up().name())
                        .isEqualTo("model.layers.0.feed_forward.shared_expert.up_proj.weight"));
    }

    @Test
    void keepsWhatAlwaysTakesPartWhereTheExpertsAreNotRead() throws IOException {
        TinyModel large = llama4();
        large.with("model.layers.0.feed_forward.experts.gate_up_proj", 3, 8, 26);
        assertThat(large.transformer().layers().getFirst().mlps()).hasSize(1);
        assertThat(large.transformer().layers().getLast().mlps()).hasSize(4);
    }

    @Test
    void listsTheBlocksOfTheEncoderThenThoseOfTheDecoder() throws IOException {
        Transformer transformer = bart("mbart", "model.shared.weight").transformer();
        assertThat(transformer.layers().get(0).query().name()).startsWith("model.encoder.layers.0.self_attn.");
        assertThat(transformer.layers().get(1).query().name()).startsWith("model.decoder.layers.0.self_attn.");
        assertThat(transformer.finalNormGain().name()).isEqualTo("model.decoder.layer_norm.weight");
        assertThat(transformer.embedding().name()).isEqualTo("model.shared.weight");
    }

    /** Three experts (2 F × d) and (d × F). */
    private static TinyModel plain(String modelType, int width) {
        return experts(modelType)
                .blocks("model.layers.%d.mlp.experts.gate_up_proj", 3, 24, 8)
                .blocks("model.layers.%d.mlp.experts.down_proj", 3, 8, width);
    }

    /** Three experts (d × 2 F) and (F × d). */
    private static TinyModel turned(String modelType, String mlp) {
        return experts(modelType)
                .blocks("model.layers.%d." + mlp + "experts.gate_up_proj", 3, 8, 24)
                .blocks("model.layers.%d." + mlp + "experts.down_proj", 3, 12, 8);
    }

    private static TinyModel experts(String modelType) {
        return attention(new TinyModel("""
            {'model_type':'%s','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':2,'num_hidden_layers':2,'vocab_size':10,'num_local_experts':3,'head_dim':2}\
            """.formatted(modelType)))
                .blocks("model.layers.%d.post_attention_layernorm.weight", 8);
    }

    private static TinyModel llama4() {
        return turned("llama4_text", "feed_forward.")
                .blocks("model.layers.%d.feed_forward.router.weight", 3, 8)
                .blocks("model.layers.%d.feed_forward.shared_expert.gate_proj.weight", 12, 8)
                .blocks("model.layers.%d.feed_forward.shared_expert.up_proj.weight", 12, 8)
                .blocks("model.layers.%d.feed_forward.shared_expert.down_proj.weight", 8, 12);
    }

    private static TinyModel graniteMoe() {
        return experts("granitemoe")
                .blocks("model.layers.%d.block_sparse_moe.router.layer.weight", 3, 8)
                .blocks("model.layers.%d.block_sparse_moe.input_linear.weight", 3, 24, 8)
                .blocks("model.layers.%d.block_sparse_moe.output_linear.weight", 3, 8, 12);
    }

    /** A vocabulary of 2 with 8 rows more. */
    private static TinyModel mllama() {
        return new TinyModel("""
            {'model_type':'mllama','text_config':{'model_type':'mllama_text_model','hidden_size':8,
             'intermediate_size':12,'num_attention_heads':4,'num_key_value_heads':2,'num_hidden_layers':2,
             'vocab_size':2}}\
            """)
                .with("language_model.model.embed_tokens.weight", 10, 8)
                .with("language_model.model.norm.weight", 8)
                .with("language_model.lm_head.weight", 2, 8)
                .blocks("language_model.model.layers.%d.input_layernorm.weight", 8)
                .blocks("language_model.model.layers.%d.self_attn.q_proj.weight", 8, 8)
                .blocks("language_model.model.layers.%d.self_attn.k_proj.weight", 4, 8)
                .blocks("language_model.model.layers.%d.self_attn.v_proj.weight", 4, 8)
                .blocks("language_model.model.layers.%d.self_attn.o_proj.weight", 8, 8)
                .blocks("language_model.model.layers.%d.post_attention_layernorm.weight", 8)
                .blocks("language_model.model.layers.%d.mlp.gate_proj.weight", 12, 8)
                .blocks("language_model.model.layers.%d.mlp.up_proj.weight", 12, 8)
                .blocks("language_model.model.layers.%d.mlp.down_proj.weight", 8, 12);
    }

    private static TinyModel bart(String modelType, String embedding) {
        TinyModel model = new TinyModel("""
            {'model_type':'%s','d_model':8,'encoder_ffn_dim':12,'encoder_attention_heads':4,'encoder_layers':1,
             'decoder_layers':1,'vocab_size':10}\
            """.formatted(modelType))
                .with(embedding, 10, 8)
                .with("model.encoder.layer_norm.weight", 8)
                .with("model.decoder.layer_norm.weight", 8);
        for (String block : new String[] {"model.encoder.layers.0.", "model.decoder.layers.0."}) {
            model.with(block + "self_attn_layer_norm.weight", 8)
                    .with(block + "final_layer_norm.weight", 8)
                    .with(block + "self_attn.q_proj.weight", 8, 8)
                    .with(block + "self_attn.k_proj.weight", 8, 8)
                    .with(block + "self_attn.v_proj.weight", 8, 8)
                    .with(block + "self_attn.out_proj.weight", 8, 8)
                    .with(block + "fc1.weight", 12, 8)
                    .with(block + "fc2.weight", 8, 12);
        }
        return model.with("model.decoder.layers.0.encoder_attn.q_proj.weight", 8, 8);
    }
}
