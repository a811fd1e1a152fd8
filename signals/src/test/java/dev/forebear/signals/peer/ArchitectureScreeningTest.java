package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.ModelConfig;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ArchitectureScreeningTest {

    private static final String LLAMA = """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 4096,
         "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
         "intermediate_size": 14336, "vocab_size": 128256, "max_position_embeddings": 8192,
         "rope_theta": 500000.0, "rms_norm_eps": 1e-05, "hidden_act": "silu", "attention_bias": false}
        """;

    @Test
    void sameArchitectureIsTierOne() throws IOException {
        assertThat(screening(LLAMA, LLAMA)).isEqualTo(new ArchitectureScreening(1, 1));
    }

    @Test
    void sameFamilyAndSizeIsTierTwo() throws IOException {
        String longer = LLAMA.replace("\"max_position_embeddings\": 8192", "\"max_position_embeddings\": 131072");
        assertThat(screening(LLAMA, longer)).isEqualTo(new ArchitectureScreening(2, 0.9));
    }

    @Test
    void sameFamilyOfOtherSizeIsTierThree() throws IOException {
        String half = LLAMA.replace("\"num_hidden_layers\": 32", "\"num_hidden_layers\": 16");
        assertThat(screening(LLAMA, half)).isEqualTo(new ArchitectureScreening(3, 0.879));
        assertThat(screening(half, LLAMA)).isEqualTo(screening(LLAMA, half));
    }

    @Test
    void silenceOnBiasesDiffersFromHavingNone() throws IOException {
        String silent = LLAMA.replace(", \"attention_bias\": false", "").replace("\"llama\"", "\"mistral\"");
        assertThat(screening(LLAMA, silent)).isEqualTo(new ArchitectureScreening(3, 0.9597));
    }

    @Test
    void readsTextBackboneOfCompositeModel() throws IOException {
        String composite = "{\"model_type\": \"llava\", \"text_config\": " + LLAMA + "}";
        ArchitectureFeature whole = feature(composite);
        assertThat(whole.ropeTheta()).isEqualTo(500_000);
        assertThat(whole.attentionStyle()).isEqualTo("GQA");
        assertThat(whole.architectureHash()).isNotEqualTo(feature(LLAMA).architectureHash());
    }

    // printf '["gpt2", ["GPT2LMHeadModel"], 768, 12, 12, null, 0, 50257, 1024]' | sha256sum
    @Test
    void hashesFieldsAsPythonWritesThem() throws IOException {
        String gpt2 = """
            {"model_type": "gpt2", "architectures": ["GPT2LMHeadModel"], "n_embd": 768, "n_layer": 12,
             "n_head": 12, "vocab_size": 50257, "n_positions": 1024}
            """;
        assertThat(feature(gpt2).architectureHash())
                .isEqualTo("912dae4ea0797958c503a679d1dec973b6194fb80110be7e370d92c36f07bc10");
    }

    private static ArchitectureScreening screening(String a, String b) throws IOException {
        return ArchitectureScreening.between(
                Dimensions.of(config(a)), feature(a), Dimensions.of(config(b)), feature(b));
    }

    private static ArchitectureFeature feature(String json) throws IOException {
        return ArchitectureFeatures.of(config(json), null);
    }

    private static ModelConfig config(String json) throws IOException {
        return ModelConfig.of((ObjectNode) new ObjectMapper().readTree(json));
    }
}
