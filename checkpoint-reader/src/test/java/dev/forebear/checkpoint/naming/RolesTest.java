package dev.forebear.checkpoint.naming;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.WeightMatrix;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.embed_tokens.weight | 9 | [10, 8] | [9, 8]",
                "model.layers.1.self_attn.q_proj.weight | 7 | [8, 8] | [7, 8]",
                "model.layers.1.self_attn.k_proj.weight | 8 | [4, 8] | [8, 8]",
                "model.layers.0.mlp.up_proj.weight | 13 | [12, 8] | [13, 8]"
            })
    void rejectsShapeThatTheConfigurationDenies(String name, int rows, String expected, String found) {
        assertRefused(
                () -> llama().with(name, rows, 8).transformer(),
                Reason.MALFORMED,
                "tensor " + name + ": expected shape " + expected + ", found " + found);
    }

    @Test
    void rejectsMatrixOfOtherRank() {
        assertRefused(
                () -> llama().with("model.layers.0.mlp.down_proj.weight", 96).transformer(),
                Reason.MALFORMED,
                "expected shape [8, 12], found [96]");
    }

    @Test
    void rejectsGainOfOtherSize() {
        assertRefused(
                () -> llama().with("model.norm.weight", 7).transformer(),
                Reason.MALFORMED,
                "tensor model.norm.weight: expected shape [8], found [7]");
    }

    @Test
    void rejectsOutputHeadOfOtherWidth() {
        assertRefused(
                () -> llama().with("lm_head.weight", 10, 7).transformer(),
                Reason.MALFORMED,
                "tensor lm_head.weight: expected shape [10, 8], found [10, 7]");
    }

    @Test
    void rejectsMissingTensorOfARecognisedBlock() {
        assertRefused(
                () -> llama().without("model.layers.1.mlp.down_proj.weight").transformer(),
                Reason.MALFORMED,
                "tensor model.layers.1.mlp.down_proj.weight: expected, found none");
    }

    @Test
    void rejectsMissingBlock() {
        TinyModel model = llama();
        for (String name : new String[] {
            "input_layernorm",
            "post_attention_layernorm",
            "self_attn.q_proj",
            "self_attn.k_proj",
            "self_attn.v_proj",
            "self_attn.o_proj",
            "mlp.gate_proj",
            "mlp.up_proj",
            "mlp.down_proj"
        }) {
            model.without("model.layers.1." + name + ".weight");
        }
        assertRefused(model::transformer, Reason.MALFORMED, "block model.layers.1.*: expected tensors, found none");
    }

    @Test
    void namesModelTypeWhoseNamesItDoesNotKnow() {
        var model = new TinyModel("{'model_type':'mamba','hidden_size':8,'num_hidden_layers':2,'vocab_size':10}")
                .with("backbone.layers.0.mixer.A_log", 4, 4);
        assertRefused(model::transformer, Reason.UNSUPPORTED, "those of model type mamba");
    }

    @Test
    void namesQuantisationOfWeightsThatItDoesNotRead() {
        var model = new TinyModel("""
            {'model_type':'llama','hidden_size':8,'num_hidden_layers':2,'vocab_size':10,
             'quantization_config':{'quant_method':'AWQ'}}\
            """).with("model.layers.0.mlp.up_proj.qweight", 4, 4);
        assertRefused(model::transformer, Reason.UNSUPPORTED, "found awq-quantised ones");
    }

    @ParameterizedTest
    @CsvSource({"I8", "F8_E4M3", "U8"})
    void namesDtypeOfWeightsThatNeedAScale(String dtype) {
        assertRefused(() -> llama().of(dtype).transformer(), Reason.UNSUPPORTED, "found " + dtype);
    }

    @Test
    void takesHeadEqualToTheEmbeddingForTied() throws IOException {
        Transformer transformer = llama().transformer();
        assertThat(transformer.tied()).isTrue();
        assertThat(transformer.outputHead()).isSameAs(transformer.embedding());
    }

    @Test
    void takesMissingHeadForTied() throws IOException {
        assertThat(llama().without("lm_head.weight").transformer().tied()).isTrue();
    }

    @Test
    void takesMissingHeadForNoneWhereTheConfigurationDeniesTying() throws IOException {
        Transformer transformer = new TinyModel("""
            {'model_type':'gpt2','n_embd':8,'n_inner':12,'n_head':4,'n_layer':1,'vocab_size':10,
             'tie_word_embeddings':false}\
            """)
                .with("wte.weight", 10, 8)
                .with("h.0.attn.c_attn.weight", 8, 24)
                .with("h.0.attn.c_proj.weight", 8, 8)
                .with("h.0.mlp.c_fc.weight", 8, 12)
                .with("h.0.mlp.c_proj.weight", 12, 8)
                .transformer();
        assertThat(transformer.tied()).isFalse();
        assertThat(transformer.outputHead()).isNull();
        assertThat(transformer.finalNormGain()).isNull();
        assertThat(transformer.layers().getFirst().attentionNormGain()).isNull();
    }

    @Test
    void keepsLargerHeadApart() throws IOException {
        Transformer transformer = llama().with("lm_head.weight", 11, 8).transformer();
        assertThat(transformer.tied()).isFalse();
        assertThat(transformer.outputHead().rows()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1, 8", "8, 1, 8", "0, 9, 80", "0, 2, 15", "3, -1, 8"})
    void refusesRowsOutsideTheMatrix(int first, int count, int size) throws IOException {
        Transformer llama = llama().transformer();
        WeightMatrix query = llama.layers().getFirst().query();
        assertThatThrownBy(() -> query.readRows(first, count, new float[size]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rejectsHeadsThatDoNotShareKeysEvenly() {
        var model = new TinyModel("""
            {'model_type':'llama','hidden_size':8,'intermediate_size':12,'num_attention_heads':4,
             'num_key_value_heads':3,'num_hidden_layers':1,'vocab_size':10}\
            """)
                .with("model.embed_tokens.weight", 10, 8)
                .with("model.layers.0.mlp.up_proj.weight", 12, 8);
        assertRefused(model::transformer, Reason.MALFORMED, "num_key_value_heads: expected a divisor of 4 heads");
    }

    @Test
    void rejectsAttentionThatIsTooLarge() {
        var model = new TinyModel("""
            {'model_type':'llama','hidden_size':8,'intermediate_size':12,'num_attention_heads':16777216,
             'head_dim':16777216,'num_hidden_layers':1,'vocab_size':10}\
            """)
                .with("model.embed_tokens.weight", 10, 8)
                .with("model.layers.0.mlp.up_proj.weight", 12, 8);
        assertRefused(model::transformer, Reason.MALFORMED, "num_attention_heads: expected an attention of at most");
    }

    private static TinyModel llama() {
        return ArchitecturesTest.llama("llama");
    }
}
