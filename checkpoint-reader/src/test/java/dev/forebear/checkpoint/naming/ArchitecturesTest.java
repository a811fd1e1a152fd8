package dev.forebear.checkpoint.naming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Mlp;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightMatrix;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tensor names of every architecture, as published checkpoints write them, at d 8, F 12, V 10 and 2 blocks. */
class ArchitecturesTest {

    static Stream<Arguments> architectures() {
        return Stream.of(
                row("llama", Normalisation.RMS, llama("llama")),
                row("llama", Normalisation.RMS, qwen3()),
                row("llama", Normalisation.RMS, bareLlama()),
                row("llama", Normalisation.RMS, llama("llama").below("language_model.")),
                row("gemma", Normalisation.RMS_UNIT_OFFSET, llama("gemma")),
                row("gemma2", Normalisation.RMS_UNIT_OFFSET, gemma3()),
                row("llama-sandwich", Normalisation.RMS, olmo2()),
                row("phi", Normalisation.LAYER, phi()),
                row("phi3", Normalisation.RMS, phi3()),
                row("gpt2", Normalisation.LAYER, gpt2()),
                row("gpt2", Normalisation.LAYER, gpt2().below("transformer.")),
                row("gpt-neox", Normalisation.LAYER, gptNeox()),
                row("gpt-j", Normalisation.LAYER, gptJ()),
                row("opt", Normalisation.LAYER, opt("true")),
                row("opt-post-norm", Normalisation.LAYER_AFTER, opt("false")),
                row("bloom", Normalisation.LAYER, bloom()),
                row("falcon", Normalisation.LAYER, falcon7b()),
                row("falcon", Normalisation.LAYER, falcon40b()),
                row("bert", Normalisation.LAYER_AFTER, bert("bert", "LayerNorm.weight", "LayerNorm.bias")),
                row("bert", Normalisation.LAYER_AFTER, bert("bert", "LayerNorm.gamma", "LayerNorm.beta")),
                row("roberta", Normalisation.LAYER_AFTER, bert("xlm-roberta", "LayerNorm.weight", "LayerNorm.bias")),
                row("mixtral", Normalisation.RMS, mixtral()),
                row("qwen-moe", Normalisation.RMS, qwenMoe()));
    }

    private static Arguments row(String layout, Normalisation normalisation, TinyModel model) {
        return Arguments.of(layout, normalisation, Named.of("model", model));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("architectures")
    void recognisesEveryRole(String layout, Normalisation normalisation, TinyModel model) throws IOException {
        Transformer transformer = model.transformer();
        assertThat(transformer.layout()).isEqualTo(layout);
        assertThat(transformer.normalisation()).isEqualTo(normalisation);
        assertThat(transformer.embedding().rows()).isEqualTo(10);
        assertThat(transformer.layers()).hasSize(2);
        int keys = transformer.keyValueHeads() * transformer.headSize();
        int queries = transformer.attentionHeads() * transformer.headSize();
        for (Layer layer : transformer.layers()) {
            assertShape(layer.query(), queries, 8);
            assertShape(layer.key(), keys, 8);
            assertShape(layer.value(), keys, 8);
            assertShape(layer.output(), 8, queries);
            assertThat(layer.mlpNormGain()).isNotNull();
            assertThat(layer.mlps()).isNotEmpty().allSatisfy(mlp -> {
                assertShape(mlp.down(), 8, mlp.up().rows());
                assertThat(mlp.up().columns()).isEqualTo(8);
            });
            Mlp first = layer.mlps().getFirst();
            assertThat(first.up().rows()).isIn(12, transformer.intermediateSize());
            assertThat(first.gate() != null).isEqualTo(transformer.gated());
        }
        assertThat(transformer.layers()).extracting(Layer::index).containsExactly(0, 1);
    }

    @Test
    void splitsConcatenatedProjections() throws IOException {
        Layer layer = phi3().transformer().layers().getFirst();
        assertRows(layer.query(), 0, 1, 2, 3, 4, 5, 6, 7);
        assertRows(layer.key(), 8, 9, 10, 11);
        assertRows(layer.value(), 12, 13, 14, 15);
        Mlp mlp = layer.mlps().getFirst();
        assertRows(mlp.gate(), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertRows(mlp.up(), 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    }

    @Test
    void splitsProjectionsInterleavedByHead() throws IOException {
        for (TinyModel model : new TinyModel[] {gptNeox(), bloom()}) {
            Layer layer = model.transformer().layers().getFirst();
            assertRows(layer.query(), 0, 1, 6, 7, 12, 13, 18, 19);
            assertRows(layer.key(), 2, 3, 8, 9, 14, 15, 20, 21);
            assertRows(layer.value(), 4, 5, 10, 11, 16, 17, 22, 23);
        }
    }

    @Test
    void splitsProjectionsGroupedByKeyValueHead() throws IOException {
        Layer layer = falcon40b().transformer().layers().getFirst();
        assertRows(layer.query(), 0, 1, 2, 3, 8, 9, 10, 11);
        assertRows(layer.key(), 4, 5, 12, 13);
        assertRows(layer.value(), 6, 7, 14, 15);
    }

    @Test
    void splitsProjectionsWithOneKeyValueHead() throws IOException {
        Transformer transformer = falcon7b().transformer();
        Layer layer = transformer.layers().getFirst();
        assertThat(transformer.keyValueHeads()).isEqualTo(1);
        assertRows(layer.query(), 0, 1, 2, 3, 4, 5, 6, 7);
        assertRows(layer.key(), 8, 9);
        assertRows(layer.value(), 10, 11);
    }

    @Test
    void readsRowsAcrossTheBlocksOfAFusedTensor() throws IOException {
        WeightMatrix query = gptNeox().transformer().layers().getFirst().query();
        var rows = new float[3 * 8];
        query.readRows(1, 3, rows);
        assertThat(new float[] {rows[0], rows[8], rows[16]}).containsExactly(1 * 8, 6 * 8, 7 * 8);
    }

    @Test
    void transposesConv1d() throws IOException {
        Layer layer = gpt2().transformer().layers().getFirst();
        float[] key = TinyModel.values(layer.key());
        for (int row = 0; row < 8; row++) {
            for (int input = 0; input < 8; input++) {
                assertThat(key[row * 8 + input]).isEqualTo(input * 24 + 8 + row);
            }
        }
        var last = new float[12];
        layer.mlps().getFirst().down().readRows(7, 1, last);
        assertThat(last[11]).isEqualTo(11 * 8 + 7);
    }

    @Test
    void addsOneToGainsOfGemma() throws IOException {
        Transformer gemma = llama("gemma").transformer();
        assertThat(gemma.finalNormGain().read()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(llama("llama").transformer().finalNormGain().read()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void tellsTheNormsOfASandwichApart() throws IOException {
        Layer gemma = gemma3().transformer().layers().getFirst();
        assertThat(gemma.attentionNormGain().name()).endsWith("input_layernorm.weight");
        assertThat(gemma.mlpNormGain().name()).endsWith("pre_feedforward_layernorm.weight");
    }

    @Test
    void givesParallelSublayersTheNormThatTheyShare() throws IOException {
        for (TinyModel model : new TinyModel[] {phi(), gptJ(), falcon7b()}) {
            Layer layer = model.transformer().layers().getFirst();
            assertThat(layer.mlpNormGain().name())
                    .isEqualTo(layer.attentionNormGain().name());
            assertThat(layer.mlpNormBias()).isNotNull();
        }
    }

    @Test
    void readsGainsAndBiasesUnderTheirOldNames() throws IOException {
        Layer layer = bert("bert", "LayerNorm.gamma", "LayerNorm.beta")
                .transformer()
                .layers()
                .getFirst();
        assertThat(layer.attentionNormGain().name()).endsWith("attention.output.LayerNorm.gamma");
        assertThat(layer.mlpNormBias().name()).endsWith("output.LayerNorm.beta");
    }

    @Test
    void readsBiasOfUpProjection() throws IOException {
        assertThat(gptNeox()
                        .transformer()
                        .layers()
                        .getFirst()
                        .mlps()
                        .getFirst()
                        .upBias()
                        .size())
                .isEqualTo(12);
        assertThat(llama("llama")
                        .transformer()
                        .layers()
                        .getFirst()
                        .mlps()
                        .getFirst()
                        .upBias())
                .isNull();
    }

    @Test
    void listsExpertsAndSharedOnes() throws IOException {
        Transformer transformer = qwenMoe().transformer();
        assertThat(transformer.intermediateSize()).isEqualTo(6);
        assertThat(transformer.layers().get(0).mlps())
                .extracting(mlp -> mlp.up().rows())
                .containsExactly(12);
        assertThat(transformer.layers().get(1).mlps())
                .extracting(mlp -> mlp.up().rows())
                .containsExactly(6, 6, 6, 20);
        Mlp mixtral = mixtral().transformer().layers().getFirst().mlps().get(2);
        assertThat(mixtral.gate().name()).endsWith("experts.2.w1.weight");
        assertThat(mixtral.up().name()).endsWith("experts.2.w3.weight");
        assertThat(mixtral.down().name()).endsWith("experts.2.w2.weight");
    }

    @Test
    void readsWhatLatentAttentionHas() throws IOException {
        Transformer transformer = deepseek(true).transformer();
        Layer layer = transformer.layers().getFirst();
        assertThat(transformer.layout()).isEqualTo("deepseek");
        assertThat(transformer.headSize()).isEqualTo(5);
        assertShape(layer.query(), 20, 8);
        assertShape(layer.output(), 8, 8);
        assertThat(layer.key()).isNull();
        assertThat(layer.value()).isNull();
        assertThat(deepseek(false).transformer().layers().getFirst().query()).isNull();
        assertThat(transformer.layers().get(1).mlps()).hasSize(4);
    }

    @Test
    void listsEncoderThenDecoder() throws IOException {
        Transformer transformer = t5("wi_0", "wi_1").transformer();
        assertThat(transformer.layout()).isEqualTo("t5");
        assertThat(transformer.layers()).extracting(Layer::index).containsExactly(0, 1, 2);
        assertThat(transformer.layers().getLast().mlps().getFirst().gate().name())
                .isEqualTo("decoder.block.0.layer.2.DenseReluDense.wi_0.weight");
        assertThat(transformer.finalNormGain().name()).isEqualTo("decoder.final_layer_norm.weight");
        assertThat(transformer.gated()).isTrue();
        assertShape(transformer.layers().getFirst().query(), 12, 8);
    }

    @Test
    void listsEncoderAlone() throws IOException {
        TinyModel encoder = t5("wi", "wi").without("decoder.final_layer_norm.weight");
        for (String name : new String[] {
            "0.SelfAttention.q",
            "0.SelfAttention.k",
            "0.SelfAttention.v",
            "0.SelfAttention.o",
            "0.layer_norm",
            "2.layer_norm",
            "2.DenseReluDense.wi",
            "2.DenseReluDense.wo"
        }) {
            encoder.without("decoder.block.0.layer." + name + ".weight");
        }
        Transformer transformer = encoder.transformer();
        assertThat(transformer.layers()).hasSize(2);
        assertThat(transformer.finalNormGain().name()).isEqualTo("encoder.final_layer_norm.weight");
        assertThat(transformer.gated()).isFalse();
    }

    static void assertShape(@Nullable WeightMatrix matrix, int rows, int columns) {
        assertThat(matrix).isNotNull();
        assertThat(matrix.rows()).as(matrix.name()).isEqualTo(rows);
        assertThat(matrix.columns()).as(matrix.name()).isEqualTo(columns);
    }

    /** Which stored rows of 8 values a matrix consists of. */
    private static void assertRows(@Nullable WeightMatrix matrix, int... stored) throws IOException {
        float[] values = TinyModel.values(matrix);
        assertThat(values).hasSize(stored.length * 8);
        for (int row = 0; row < stored.length; row++) {
            assertThat(values[row * 8]).isEqualTo(stored[row] * 8);
            assertThat(values[row * 8 + 7]).isEqualTo(stored[row] * 8 + 7);
        }
    }

    static TinyModel llama(String modelType) {
        return attention(new TinyModel("""
            {'model_type':'%s','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':2,'num_hidden_layers':2,'vocab_size':10,'head_dim':2}\
            """.formatted(modelType)))
                .with("lm_head.weight", 10, 8)
                .blocks("model.layers.%d.post_attention_layernorm.weight", 8)
                .blocks("model.layers.%d.mlp.gate_proj.weight", 12, 8)
                .blocks("model.layers.%d.mlp.up_proj.weight", 12, 8)
                .blocks("model.layers.%d.mlp.down_proj.weight", 8, 12);
    }

    static TinyModel attention(TinyModel model) {
        return model.with("model.embed_tokens.weight", 10, 8)
                .with("model.norm.weight", 8)
                .blocks("model.layers.%d.input_layernorm.weight", 8)
                .blocks("model.layers.%d.self_attn.q_proj.weight", 8, 8)
                .blocks("model.layers.%d.self_attn.k_proj.weight", 4, 8)
                .blocks("model.layers.%d.self_attn.v_proj.weight", 4, 8)
                .blocks("model.layers.%d.self_attn.o_proj.weight", 8, 8);
    }

    private static TinyModel qwen3() {
        return llama("qwen3")
                .blocks("model.layers.%d.self_attn.q_norm.weight", 2)
                .blocks("model.layers.%d.self_attn.q_proj.bias", 8);
    }

    private static TinyModel bareLlama() {
        var model = new TinyModel("""
            {'model_type':'mistral','hidden_size':8,'intermediate_size':12,'num_attention_heads':2,
             'num_hidden_layers':2,'num_key_value_heads':2,'vocab_size':10}\
            """);
        return model.with("embed_tokens.weight", 10, 8)
                .with("norm.weight", 8)
                .blocks("layers.%d.input_layernorm.weight", 8)
                .blocks("layers.%d.post_attention_layernorm.weight", 8)
                .blocks("layers.%d.self_attn.q_proj.weight", 8, 8)
                .blocks("layers.%d.self_attn.k_proj.weight", 8, 8)
                .blocks("layers.%d.self_attn.v_proj.weight", 8, 8)
                .blocks("layers.%d.self_attn.o_proj.weight", 8, 8)
                .blocks("layers.%d.mlp.gate_proj.weight", 12, 8)
                .blocks("layers.%d.mlp.up_proj.weight", 12, 8)
                .blocks("layers.%d.mlp.down_proj.weight", 8, 12);
    }

    private static TinyModel gemma3() {
        return llama("gemma3_text")
                .blocks("model.layers.%d.pre_feedforward_layernorm.weight", 8)
                .blocks("model.layers.%d.post_feedforward_layernorm.weight", 8);
    }

    private static TinyModel olmo2() {
        return llama("olmo2")
                .without("model.layers.0.input_layernorm.weight")
                .without("model.layers.1.input_layernorm.weight")
                .blocks("model.layers.%d.pre_feedforward_layernorm.weight", 8)
                .blocks("model.layers.%d.post_feedforward_layernorm.weight", 8);
    }

    private static TinyModel phi() {
        return attention(new TinyModel("""
            {'model_type':'phi','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':2,'num_hidden_layers':2,'vocab_size':10}\
            """))
                .without("model.norm.weight")
                .without("model.layers.0.self_attn.o_proj.weight")
                .without("model.layers.1.self_attn.o_proj.weight")
                .with("model.final_layernorm.weight", 8)
                .with("lm_head.weight", 10, 8)
                .blocks("model.layers.%d.input_layernorm.bias", 8)
                .blocks("model.layers.%d.self_attn.dense.weight", 8, 8)
                .blocks("model.layers.%d.mlp.fc1.weight", 12, 8)
                .blocks("model.layers.%d.mlp.fc1.bias", 12)
                .blocks("model.layers.%d.mlp.fc2.weight", 8, 12);
    }

    private static TinyModel phi3() {
        return new TinyModel("""
            {'model_type':'phi3','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':2,'num_hidden_layers':2,'vocab_size':10}\
            """)
                .with("model.embed_tokens.weight", 10, 8)
                .with("model.norm.weight", 8)
                .blocks("model.layers.%d.input_layernorm.weight", 8)
                .blocks("model.layers.%d.post_attention_layernorm.weight", 8)
                .blocks("model.layers.%d.self_attn.qkv_proj.weight", 16, 8)
                .blocks("model.layers.%d.self_attn.o_proj.weight", 8, 8)
                .blocks("model.layers.%d.mlp.gate_up_proj.weight", 24, 8)
                .blocks("model.layers.%d.mlp.down_proj.weight", 8, 12);
    }

    private static TinyModel gpt2() {
        return new TinyModel("""
            {'model_type':'gpt2','n_embd':8,'n_inner':12,'n_head':4,'n_layer':2,'vocab_size':10}\
            """)
                .with("wte.weight", 10, 8)
                .with("wpe.weight", 5, 8)
                .with("ln_f.weight", 8)
                .blocks("h.%d.ln_1.weight", 8)
                .blocks("h.%d.ln_1.bias", 8)
                .blocks("h.%d.ln_2.weight", 8)
                .blocks("h.%d.ln_2.bias", 8)
                .blocks("h.%d.attn.c_attn.weight", 8, 24)
                .blocks("h.%d.attn.c_proj.weight", 8, 8)
                .blocks("h.%d.mlp.c_fc.weight", 8, 12)
                .blocks("h.%d.mlp.c_proj.weight", 12, 8);
    }

    private static TinyModel gptNeox() {
        return new TinyModel("""
            {'model_type':'gpt_neox','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_hidden_layers':2,'vocab_size':10}\
            """)
                .with("gpt_neox.embed_in.weight", 10, 8)
                .with("embed_out.weight", 10, 8)
                .with("gpt_neox.final_layer_norm.weight", 8)
                .blocks("gpt_neox.layers.%d.input_layernorm.weight", 8)
                .blocks("gpt_neox.layers.%d.post_attention_layernorm.weight", 8)
                .blocks("gpt_neox.layers.%d.attention.query_key_value.weight", 24, 8)
                .blocks("gpt_neox.layers.%d.attention.dense.weight", 8, 8)
                .blocks("gpt_neox.layers.%d.mlp.dense_h_to_4h.weight", 12, 8)
                .blocks("gpt_neox.layers.%d.mlp.dense_h_to_4h.bias", 12)
                .blocks("gpt_neox.layers.%d.mlp.dense_4h_to_h.weight", 8, 12);
    }

    private static TinyModel gptJ() {
        return new TinyModel("""
            {'model_type':'gptj','n_embd':8,'n_inner':null,'n_head':4,'n_layer':2,'vocab_size':10}\
            """)
                .with("transformer.wte.weight", 10, 8)
                .with("transformer.ln_f.weight", 8)
                .with("lm_head.weight", 10, 8)
                .blocks("transformer.h.%d.ln_1.weight", 8)
                .blocks("transformer.h.%d.ln_1.bias", 8)
                .blocks("transformer.h.%d.attn.q_proj.weight", 8, 8)
                .blocks("transformer.h.%d.attn.k_proj.weight", 8, 8)
                .blocks("transformer.h.%d.attn.v_proj.weight", 8, 8)
                .blocks("transformer.h.%d.attn.out_proj.weight", 8, 8)
                .blocks("transformer.h.%d.mlp.fc_in.weight", 32, 8)
                .blocks("transformer.h.%d.mlp.fc_out.weight", 8, 32);
    }

    private static TinyModel opt(String normBefore) {
        return new TinyModel("""
            {'model_type':'opt','hidden_size':8,'ffn_dim':12,'num_attention_heads':4,'num_hidden_layers':2,
             'vocab_size':10,'word_embed_proj_dim':6,'do_layer_norm_before':%s}\
            """.formatted(normBefore))
                .with("model.decoder.embed_tokens.weight", 10, 6)
                .with("model.decoder.embed_positions.weight", 5, 8)
                .with("model.decoder.final_layer_norm.weight", 8)
                .blocks("model.decoder.layers.%d.self_attn_layer_norm.weight", 8)
                .blocks("model.decoder.layers.%d.final_layer_norm.weight", 8)
                .blocks("model.decoder.layers.%d.self_attn.q_proj.weight", 8, 8)
                .blocks("model.decoder.layers.%d.self_attn.k_proj.weight", 8, 8)
                .blocks("model.decoder.layers.%d.self_attn.v_proj.weight", 8, 8)
                .blocks("model.decoder.layers.%d.self_attn.out_proj.weight", 8, 8)
                .blocks("model.decoder.layers.%d.fc1.weight", 12, 8)
                .blocks("model.decoder.layers.%d.fc2.weight", 8, 12);
    }

    private static TinyModel bloom() {
        return new TinyModel("""
            {'model_type':'bloom','hidden_size':8,'n_head':4,'n_layer':2,'vocab_size':10}\
            """)
                .with("word_embeddings.weight", 10, 8)
                .with("word_embeddings_layernorm.weight", 8)
                .with("ln_f.weight", 8)
                .blocks("h.%d.input_layernorm.weight", 8)
                .blocks("h.%d.post_attention_layernorm.weight", 8)
                .blocks("h.%d.self_attention.query_key_value.weight", 24, 8)
                .blocks("h.%d.self_attention.dense.weight", 8, 8)
                .blocks("h.%d.mlp.dense_h_to_4h.weight", 32, 8)
                .blocks("h.%d.mlp.dense_4h_to_h.weight", 8, 32);
    }

    private static TinyModel falcon7b() {
        return falcon("'multi_query':true,'new_decoder_architecture':false,'num_kv_heads':4", 12)
                .blocks("transformer.h.%d.input_layernorm.weight", 8)
                .blocks("transformer.h.%d.input_layernorm.bias", 8);
    }

    private static TinyModel falcon40b() {
        return falcon("'new_decoder_architecture':true,'num_kv_heads':2", 16)
                .blocks("transformer.h.%d.ln_attn.weight", 8)
                .blocks("transformer.h.%d.ln_mlp.weight", 8);
    }

    private static TinyModel falcon(String heads, int fusedRows) {
        return new TinyModel("""
            {'model_type':'falcon','hidden_size':8,'num_attention_heads':4,'num_hidden_layers':2,'vocab_size':10,
             %s}\
            """.formatted(heads))
                .with("transformer.word_embeddings.weight", 10, 8)
                .with("transformer.ln_f.weight", 8)
                .blocks("transformer.h.%d.self_attention.query_key_value.weight", fusedRows, 8)
                .blocks("transformer.h.%d.self_attention.dense.weight", 8, 8)
                .blocks("transformer.h.%d.mlp.dense_h_to_4h.weight", 32, 8)
                .blocks("transformer.h.%d.mlp.dense_4h_to_h.weight", 8, 32);
    }

    private static TinyModel bert(String modelType, String gain, String bias) {
        return new TinyModel("""
            {'model_type':'%s','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_hidden_layers':2,'vocab_size':10}\
            """.formatted(modelType))
                .with("bert.embeddings.word_embeddings.weight", 10, 8)
                .with("bert.embeddings.LayerNorm.weight", 8)
                .blocks("bert.encoder.layer.%d.attention.self.query.weight", 8, 8)
                .blocks("bert.encoder.layer.%d.attention.self.key.weight", 8, 8)
                .blocks("bert.encoder.layer.%d.attention.self.value.weight", 8, 8)
                .blocks("bert.encoder.layer.%d.attention.output.dense.weight", 8, 8)
                .blocks("bert.encoder.layer.%d.attention.output." + gain, 8)
                .blocks("bert.encoder.layer.%d.attention.output." + bias, 8)
                .blocks("bert.encoder.layer.%d.intermediate.dense.weight", 12, 8)
                .blocks("bert.encoder.layer.%d.output.dense.weight", 8, 12)
                .blocks("bert.encoder.layer.%d.output." + gain, 8)
                .blocks("bert.encoder.layer.%d.output." + bias, 8);
    }

    private static TinyModel mixtral() {
        TinyModel model = attention(new TinyModel("""
            {'model_type':'mixtral','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':2,'num_hidden_layers':2,'vocab_size':10,'num_local_experts':3}\
            """))
                .blocks("model.layers.%d.post_attention_layernorm.weight", 8)
                .blocks("model.layers.%d.block_sparse_moe.gate.weight", 3, 8);
        for (int expert = 0; expert < 3; expert++) {
            String prefix = "model.layers.%d.block_sparse_moe.experts." + expert;
            model.blocks(prefix + ".w1.weight", 12, 8)
                    .blocks(prefix + ".w2.weight", 8, 12)
                    .blocks(prefix + ".w3.weight", 12, 8);
        }
        return model;
    }

    private static TinyModel qwenMoe() {
        return experts(attention(new TinyModel("""
            {'model_type':'qwen2_moe','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':2,'num_hidden_layers':2,'vocab_size':10,'num_experts':3,
             'moe_intermediate_size':6}\
            """)), "mlp.shared_expert.");
    }

    private static TinyModel deepseek(boolean wholeQuery) {
        TinyModel model = experts(
                new TinyModel("""
                    {'model_type':'deepseek_v2','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
                     'num_key_value_heads':4,'num_hidden_layers':2,'vocab_size':10,'n_routed_experts':3,
                     'moe_intermediate_size':6,'kv_lora_rank':3,'qk_nope_head_dim':3,'qk_rope_head_dim':2,
                     'v_head_dim':2}\
                    """)
                        .with("model.embed_tokens.weight", 10, 8)
                        .with("model.norm.weight", 8)
                        .blocks("model.layers.%d.input_layernorm.weight", 8)
                        .blocks("model.layers.%d.self_attn.kv_a_proj_with_mqa.weight", 5, 8)
                        .blocks("model.layers.%d.self_attn.kv_b_proj.weight", 20, 3)
                        .blocks("model.layers.%d.self_attn.o_proj.weight", 8, 8),
                "mlp.shared_experts.");
        return wholeQuery
                ? model.blocks("model.layers.%d.self_attn.q_proj.weight", 20, 8)
                : model.blocks("model.layers.%d.self_attn.q_b_proj.weight", 20, 4);
    }

    /** A dense block and one of three experts with a wide shared one. */
    private static TinyModel experts(TinyModel model, String shared) {
        model.blocks("model.layers.%d.post_attention_layernorm.weight", 8);
        gated(model, "model.layers.0.mlp.", 12);
        for (int expert = 0; expert < 3; expert++) {
            gated(model, "model.layers.1.mlp.experts." + expert + ".", 6);
        }
        return gated(model, "model.layers.1." + shared, 20);
    }

    private static TinyModel gated(TinyModel model, String prefix, int width) {
        return model.with(prefix + "gate_proj.weight", width, 8)
                .with(prefix + "up_proj.weight", width, 8)
                .with(prefix + "down_proj.weight", 8, width);
    }

    private static TinyModel t5(String gate, String up) {
        TinyModel model = new TinyModel("""
            {'model_type':'t5','d_model':8,'d_ff':12,'num_heads':4,'d_kv':3,'num_layers':2,'num_decoder_layers':1,
             'vocab_size':10}\
            """)
                .with("shared.weight", 10, 8)
                .with("encoder.final_layer_norm.weight", 8)
                .with("decoder.final_layer_norm.weight", 8);
        t5Block(model, "encoder.block.0.layer.", 1, gate, up);
        t5Block(model, "encoder.block.1.layer.", 1, gate, up);
        return t5Block(model, "decoder.block.0.layer.", 2, gate, up);
    }

    private static TinyModel t5Block(TinyModel model, String block, int mlp, String gate, String up) {
        return model.with(block + "0.layer_norm.weight", 8)
                .with(block + "0.SelfAttention.q.weight", 12, 8)
                .with(block + "0.SelfAttention.k.weight", 12, 8)
                .with(block + "0.SelfAttention.v.weight", 12, 8)
                .with(block + "0.SelfAttention.o.weight", 8, 12)
                .with(block + mlp + ".layer_norm.weight", 8)
                .with(block + mlp + ".DenseReluDense." + gate + ".weight", 12, 8)
                .with(block + mlp + ".DenseReluDense." + up + ".weight", 12, 8)
                .with(block + mlp + ".DenseReluDense.wo.weight", 8, 12);
    }
}
