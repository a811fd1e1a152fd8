package dev.forebear.checkpoint.gguf;

import static dev.forebear.checkpoint.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Declarations;
import dev.forebear.checkpoint.MemoryStorage;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Zoo;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufModelTest {

    @Test
    void readsTheVocabularyOfTheModelThatItWasMadeFrom() throws IOException {
        try (Checkpoint original = Zoo.open("base-a");
                Checkpoint converted = Zoo.open("base-a-gguf-q8")) {
            Tokenizer expected = original.tokenizer();
            Tokenizer found = converted.tokenizer();
            assertThat(found.kind()).isEqualTo(expected.kind());
            assertThat(found.tokens()).isEqualTo(expected.tokens());
            assertThat(found.merges()).isEqualTo(expected.merges());
            assertThat(found.specialIds()).isEqualTo(expected.specialIds());
            assertThat(found.vocabulary()).isEqualTo(expected.vocabulary());
            assertThat(found.bosTokenId()).isEqualTo(expected.bosTokenId());
            assertThat(found.padTokenId()).isEqualTo(expected.padTokenId());
            for (String text : List.of(" the model", "printf(%d)", "naïve 1234", "<|endoftext|>a")) {
                assertThat(found.encode(text)).as(text).isEqualTo(expected.encode(text));
            }
        }
    }

    @Test
    void readsTheConfigurationOfTheModelThatItWasMadeFrom() throws IOException {
        try (Checkpoint original = Zoo.open("base-a");
                Checkpoint converted = Zoo.open("base-a-gguf-q8")) {
            for (String field : List.of(
                    "model_type",
                    "architectures",
                    "hidden_size",
                    "num_hidden_layers",
                    "num_attention_heads",
                    "num_key_value_heads",
                    "intermediate_size",
                    "vocab_size",
                    "max_position_embeddings",
                    "hidden_act",
                    "tie_word_embeddings",
                    "bos_token_id",
                    "eos_token_id",
                    "pad_token_id")) {
                assertThat(converted.config().json().path(field).asText())
                        .as(field)
                        .isEqualTo(original.config().json().path(field).asText());
            }
        }
    }

    @Test
    void givesWeightsTheirNamesBack() throws IOException {
        try (Checkpoint original = Zoo.open("base-a");
                Checkpoint converted = Zoo.open("base-a-gguf-q8")) {
            assertThat(converted.weights())
                    .extracting(Tensor::name)
                    .isEqualTo(original.tensors().stream().map(Tensor::name).toList());
            assertThat(converted.tensors()).extracting(Tensor::name).contains("blk.0.attn_q.weight");
            assertThat(converted.quantisation()).hasToString("Q8_0");
        }
    }

    @Test
    void undoesThePairingOfRotaryRows() throws IOException {
        Map<String, Tensor> weights = weights(model("llama", 2, 1)
                .counting("blk.0.attn_q.weight", 1, 8)
                .counting("blk.0.attn_k.weight", 1, 4)
                .counting("blk.0.attn_q.bias", 8)
                .counting("blk.0.attn_v.weight", 1, 4));
        assertThat(values(weights.get("model.layers.0.self_attn.q_proj.weight")))
                .containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
        assertThat(values(weights.get("model.layers.0.self_attn.k_proj.weight")))
                .containsExactly(0, 2, 1, 3);
        assertThat(values(weights.get("model.layers.0.self_attn.q_proj.bias"))).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
        assertThat(values(weights.get("model.layers.0.self_attn.v_proj.weight")))
                .containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "qwen3", "gemma2", "phi3"})
    void leavesRowsOfOtherArchitecturesInTheirOrder(String architecture) throws IOException {
        Map<String, Tensor> weights = weights(model(architecture, 2, 1).counting("blk.0.attn_q.weight", 1, 8));
        assertThat(values(weights.get("model.layers.0.self_attn.q_proj.weight")))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void takesOneFromTheGainsOfGemma() throws IOException {
        Map<String, Tensor> weights = weights(model("gemma2", 2, 1)
                .counting("blk.0.ffn_norm.weight", 3)
                .counting("blk.0.post_ffw_norm.weight", 3)
                .counting("output_norm.weight", 3));
        assertThat(values(weights.get("model.layers.0.pre_feedforward_layernorm.weight")))
                .containsExactly(-1, 0, 1);
        assertThat(values(weights.get("model.layers.0.post_feedforward_layernorm.weight")))
                .containsExactly(-1, 0, 1);
        assertThat(values(weights.get("model.norm.weight"))).containsExactly(-1, 0, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "gptneox, gpt_neox.layers.0.attention.query_key_value",
        "bloom, transformer.h.0.self_attention.query_key_value"
    })
    void putsQueryKeyAndValueOfEachHeadTogetherAgain(String architecture, String name) throws IOException {
        Map<String, Tensor> weights = weights(model(architecture, 2, 2)
                .counting("blk.0.attn_qkv.weight", 1, 12)
                .counting("blk.0.attn_qkv.bias", 12));
        for (String part : List.of(".weight", ".bias")) {
            assertThat(values(weights.get(name + part))).containsExactly(0, 1, 4, 5, 8, 9, 2, 3, 6, 7, 10, 11);
        }
    }

    @Test
    void putsTheQueriesOfEachKeyValueHeadTogetherAgain() throws IOException {
        Map<String, Tensor> weights = weights(model("falcon", 4, 2).counting("blk.0.attn_qkv.weight", 1, 16));
        assertThat(values(weights.get("transformer.h.0.self_attention.query_key_value.weight")))
                .containsExactly(0, 1, 2, 3, 8, 9, 12, 13, 4, 5, 6, 7, 10, 11, 14, 15);
    }

    @Test
    void refusesFusedRowsThatDoNotFitTheHeads() {
        assertRefused(
                () -> weights(model("falcon", 4, 2).counting("blk.0.attn_qkv.weight", 1, 15)),
                Reason.MALFORMED,
                "expected rows for 4 heads with 2 key-value heads, found [15, 1]");
    }

    @ParameterizedTest
    @CsvSource({
        "bert, blk.0.attn_output_norm, bert.encoder.layer.0.attention.output.LayerNorm",
        "bert, blk.0.layer_output_norm, bert.encoder.layer.0.output.LayerNorm",
        "gptneox, output, embed_out",
        "falcon, blk.0.attn_norm_2, transformer.h.0.ln_attn",
        "deepseek2, blk.0.attn_kv_a_mqa, model.layers.0.self_attn.kv_a_proj_with_mqa",
        "deepseek2, blk.0.ffn_up_shexp, model.layers.0.mlp.shared_experts.up_proj",
        "gpt-oss, blk.0.post_attention_norm, model.layers.0.post_attention_layernorm"
    })
    void givesTensorsOfOtherArchitecturesTheirNamesBack(String architecture, String stored, String name)
            throws IOException {
        assertThat(weights(model(architecture, 2, 1).counting(stored + ".weight", 1, 4)))
                .containsOnlyKeys(name + ".weight");
    }

    @Test
    void takesExpertsApart() throws IOException {
        GgufBytes mixtral =
                model("llama", 2, 1).with("llama.expert_count", 2).counting("blk.3.ffn_gate_exps.weight", 2, 3, 2);
        Map<String, Tensor> weights = weights(mixtral);
        assertThat(values(weights.get("model.layers.3.block_sparse_moe.experts.1.w1.weight")))
                .containsExactly(6, 7, 8, 9, 10, 11);
        assertThat(weights.get("model.layers.3.block_sparse_moe.experts.1.w1.weight")
                        .shape())
                .containsExactly(3L, 2L);
        assertThat(weights(model("qwen3moe", 2, 1).counting("blk.3.ffn_up_exps.weight", 2, 3, 2)))
                .containsOnlyKeys(
                        "model.layers.3.mlp.experts.0.up_proj.weight", "model.layers.3.mlp.experts.1.up_proj.weight");
    }

    @Test
    void turnsProjectionsOfGpt2Around() throws IOException {
        Map<String, Tensor> weights = weights(
                model("gpt2", 2, 2).counting("blk.0.ffn_up.weight", 2, 3).counting("token_embd.weight", 2, 3));
        Tensor up = weights.get("transformer.h.0.mlp.c_fc.weight");
        assertThat(up.shape()).containsExactly(2L, 3L);
        assertThat(values(up)).containsExactly(0, 2, 4, 1, 3, 5);
        assertThat(values(weights.get("transformer.wte.weight"))).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void leavesTensorsOfAnUnknownArchitectureAsTheyAre() throws IOException {
        assertThat(weights(model("mamba", 2, 1).counting("blk.0.ssm_in.weight", 2, 3)))
                .containsOnlyKeys("blk.0.ssm_in.weight");
    }

    @Test
    void rejectsRowsThatAreNoPairs() {
        assertRefused(
                () -> weights(model("llama", 2, 1).counting("blk.0.attn_q.weight", 1, 6)),
                Reason.MALFORMED,
                "x.gguf: tensor blk.0.attn_q.weight: expected rows for pairs in 2 heads, found [6, 1]");
        assertRefused(
                () -> weights(
                        new GgufBytes().with("general.architecture", "llama").counting("blk.0.attn_q.weight", 1, 6)),
                Reason.MALFORMED,
                "expected rows for pairs in 0 heads");
    }

    @Test
    void rejectsExpertsThatAreNone() {
        assertRefused(
                () -> weights(model("qwen3moe", 2, 1).counting("blk.3.ffn_up_exps.weight", 2, 3)),
                Reason.MALFORMED,
                "expected at most 4096 experts in 3 dimensions, found [3, 2]");
    }

    @Test
    void joinsParts() throws IOException {
        var storage = new MemoryStorage()
                .with(
                        "m-00001-of-00002.gguf",
                        model("qwen2", 2, 1).counting("output_norm.weight", 3).bytes())
                .with(
                        "m-00002-of-00002.gguf",
                        new GgufBytes().counting("token_embd.weight", 2, 3).bytes());
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            assertThat(checkpoint.weights())
                    .extracting(Tensor::name)
                    .containsExactly("model.embed_tokens.weight", "model.norm.weight");
            assertThat(checkpoint.config().vocabularySize()).isEqualTo(3);
        }
    }

    @Test
    void missesPartByName() {
        var storage = new MemoryStorage()
                .with("m-00001-of-00003.gguf", new GgufBytes().bytes())
                .with("m-00003-of-00003.gguf", new GgufBytes().bytes());
        assertRefused(
                () -> Checkpoint.open(storage),
                Reason.MISSING,
                "m-00002-of-00003.gguf: expected beside its other parts, found none");
    }

    @Test
    void rejectsTensorInTwoParts() {
        var storage = new MemoryStorage()
                .with("m-00001-of-00002.gguf", new GgufBytes().counting("t", 3).bytes())
                .with("m-00002-of-00002.gguf", new GgufBytes().counting("t", 3).bytes());
        assertRefused(() -> Checkpoint.open(storage), Reason.MALFORMED, "tensor t: expected in one part");
    }

    @Test
    void takesTheLargestOfSeveralModels() throws IOException {
        var storage = new MemoryStorage()
                .with("m-q4.gguf", new GgufBytes().counting("small", 3).bytes())
                .with("m-q8.gguf", new GgufBytes().counting("large", 300).bytes())
                .with(
                        "mmproj-f16.gguf",
                        new GgufBytes().counting("vision", 3_000).bytes());
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            assertThat(checkpoint.tensors()).extracting(Tensor::name).containsExactly("large");
        }
    }

    @Test
    void tellsTheOriginThatTheFileDeclares() throws IOException {
        byte[] file = new GgufBytes()
                .with("general.license", "apache-2.0")
                .with("general.base_model.count", 3)
                .with("general.base_model.0.name", "Basalt 3B")
                .with("general.base_model.0.repo_url", "https://hub.example/quarry-ai/basalt-3b")
                .with("general.base_model.1.name", "Slate")
                .with("general.base_model.1.organization", "Quarry")
                .with("general.base_model.2.name", "line\nbreak")
                .bytes();
        var storage = new MemoryStorage().with("x.gguf", file);
        assertThat(Declarations.read(storage).statedNames()).containsExactly("quarry-ai/basalt-3b", "Quarry/Slate");
        assertThat(Declarations.read(storage).licence()).isEqualTo("apache-2.0");
        storage.with("README.md", "---\nbase_model: other/base\nlicense: mit\n---\n");
        assertThat(Declarations.read(storage).statedNames())
                .containsExactly("other/base", "quarry-ai/basalt-3b", "Quarry/Slate");
        assertThat(Declarations.read(storage).licence()).isEqualTo("mit");
    }

    @Test
    void tellsWhatTheFileWasConvertedFrom() throws IOException {
        byte[] file = new GgufBytes()
                .with("general.source.repo_url", "https://hub.example/quarry-ai/basalt-3b")
                .with("general.base_model.count", 1)
                .with("general.base_model.0.name", "/data/models/basalt")
                .bytes();
        Declarations declarations = Declarations.read(new MemoryStorage().with("x.gguf", file));
        assertThat(declarations.statedNames()).containsExactly("quarry-ai/basalt-3b");
        assertThat(declarations.findings()).singleElement().asString().contains("found a local path");
    }

    @Test
    void findsThatTheOriginCannotBeRead() throws IOException {
        var storage = new MemoryStorage().with("x.gguf", new byte[40]);
        assertThat(Declarations.read(storage).bases()).isEmpty();
        assertThat(Declarations.read(storage).findings())
                .singleElement()
                .asString()
                .contains("expected GGUF at the beginning");
    }

    private static GgufBytes model(String architecture, int heads, int keyValueHeads) {
        return new GgufBytes()
                .with("general.architecture", architecture)
                .with(architecture + ".attention.head_count", heads)
                .with(architecture + ".attention.head_count_kv", keyValueHeads);
    }

    private static Map<String, Tensor> weights(GgufBytes file) throws IOException {
        var storage = new MemoryStorage().with("x.gguf", file.bytes());
        return GgufFormat.open(storage, storage.list()).weights().stream()
                .collect(Collectors.toMap(Tensor::name, weight -> weight));
    }

    private static float[] values(Tensor weight) throws IOException {
        var values = new float[(int) weight.elements()];
        weight.read(0, values.length, values, 0);
        return values;
    }
}
