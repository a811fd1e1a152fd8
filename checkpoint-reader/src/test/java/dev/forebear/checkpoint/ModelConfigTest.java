package dev.forebear.checkpoint;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.CheckpointException.Reason;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {

    @Test
    void readsNamesOfGpt2AndItsDefaults() throws IOException {
        ModelConfig config = config("{'model_type':'gpt2','n_embd':768,'n_head':12,'n_layer':6,'n_inner':null,"
                + "'vocab_size':50257,'bos_token_id':5,'eos_token_id':[7,8]}");
        assertThat(config.hiddenSize()).isEqualTo(768);
        assertThat(config.layers()).isEqualTo(6);
        assertThat(config.attentionHeads()).isEqualTo(12);
        assertThat(config.keyValueHeads()).isEqualTo(12);
        assertThat(config.headSize()).isEqualTo(64);
        assertThat(config.intermediateSize()).isEqualTo(3072);
        assertThat(config.experts()).isEqualTo(1);
        assertThat(config.bosTokenId()).isEqualTo(5);
        assertThat(config.eosTokenId()).isEqualTo(7);
        assertThat(config.padTokenId()).isNull();
        assertThat(config.quantisation()).isNull();
    }

    @Test
    void readsTextBackboneOfAComposite() throws IOException {
        ModelConfig config =
                config("{'model_type':'gemma3','eos_token_id':1,'hidden_size':0,'vision_config':{'hidden_size':3},"
                        + "'text_config':{'model_type':'gemma3_text','hidden_size':2560,'num_hidden_layers':34}}");
        assertThat(config.modelType()).isEqualTo("gemma3_text");
        assertThat(config.hiddenSize()).isEqualTo(2560);
        assertThat(config.headSize()).isEqualTo(256);
        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.vocabularySize()).isEqualTo(262_208);
        assertThat(config.eosTokenId()).isEqualTo(1);
        assertThat(config.json().path("model_type").asText()).isEqualTo("gemma3");
    }

    @Test
    void readsBackboneThatSaysOnlyItsType() throws IOException {
        ModelConfig config = config("{'model_type':'llava','text_config':{'model_type':'llama'}}");
        assertThat(config.hiddenSize()).isEqualTo(4096);
        assertThat(config.intermediateSize()).isEqualTo(11_008);
    }

    @Test
    void readsVocabularyThatACompositeDeclaresForAllItsParts() throws IOException {
        assertThat(config("{'vocab_size':99,'text_config':{'hidden_size':8}}").vocabularySize())
                .isEqualTo(99);
    }

    @ParameterizedTest
    @CsvSource({
        "'{multi_query:true,new_decoder_architecture:false,num_kv_heads:8}', 1",
        "'{multi_query:false,new_decoder_architecture:false,num_kv_heads:8}', 16",
        "'{multi_query:true,new_decoder_architecture:true,num_kv_heads:8}', 8"
    })
    void readsKeyValueHeadsOfFalcon(String fields, int expected) throws IOException {
        String json = fields.replaceAll("([a-z_]+):", "'$1':")
                .replace("{", "{'model_type':'falcon','num_attention_heads':16,");
        assertThat(config(json).keyValueHeads()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4.5", "\"64\"", "true", "{}", "99999999999999999999", "16777217", "1e3"})
    void rejectsSizeThatIsNone(String size) {
        assertRefused(
                () -> config("{'hidden_size':" + size + "}").hiddenSize(),
                Reason.MALFORMED,
                "config.json: hidden_size: expected 1 to 16777216");
    }

    @Test
    void rejectsLayersWithoutNumber() {
        assertRefused(
                () -> config("{'hidden_size':8}").layers(),
                Reason.MALFORMED,
                "num_hidden_layers: expected a positive integer, found none");
    }

    @Test
    void rejectsTooManyLayers() {
        assertRefused(() -> config("{'num_hidden_layers':10001}").layers(), Reason.MALFORMED, "expected 1 to 10000");
    }

    @Test
    void rejectsHeadsThatDoNotDivideTheHiddenSize() {
        assertRefused(
                () -> config("{'hidden_size':10,'num_attention_heads':4}").headSize(),
                Reason.MALFORMED,
                "expected a multiple of 4 heads, found 10");
    }

    @Test
    void doesNotReadSizesThatDifferByLayer() {
        assertRefused(
                () -> config("{'intermediate_size':[8,16]}").intermediateSize(), Reason.UNSUPPORTED, "found a list");
    }

    @Test
    void namesQuantisation() throws IOException {
        assertThat(config("{'quantization_config':{'quant_method':'GPTQ'}}").quantisation())
                .isEqualTo("gptq");
        assertThat(config("{'quantization_config':{}}").quantisation()).isEqualTo("unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "{} {}", "{'a':01}"})
    void rejectsWhatIsNoJsonObject(String json) {
        assertRefused(() -> config(json), Reason.MALFORMED, "config.json: expected");
    }

    @Test
    void rejectsDeepNesting() {
        assertRefused(
                () -> config("{'a':" + "[".repeat(100_000) + "]".repeat(100_000) + "}"), Reason.MALFORMED, "depth");
    }

    @Test
    void acceptsInfinityAsPythonWritesIt() throws IOException {
        assertThat(config("{'hidden_size':8,'time_step_limit':[0.0,Infinity]}").hiddenSize())
                .isEqualTo(8);
    }

    @Test
    void missesAbsentFile() {
        assertRefused(() -> ModelConfig.read(new MemoryStorage()), Reason.MISSING, "config.json");
    }

    private static ModelConfig config(String json) throws IOException {
        return ModelConfig.read(new MemoryStorage().with("config.json", json.replace('\'', '"')));
    }
}
