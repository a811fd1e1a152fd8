package dev.forebear.ingest.completion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors",
                "adapter_model.safetensors",
                "helios-7b.Q4_K_M.gguf",
                "pytorch_model.bin",
                "model.pt",
                "onnx/model.onnx"
            })
    void aFileMayHoldAllWeights(String path) {
        assertThat(WeightFile.of(path)).contains(new WeightFile.Whole());
    }

    @Test
    void shardsAndTheirIndexBelongTogether() {
        assertThat(WeightFile.of("model-00002-of-00003.safetensors"))
                .contains(new WeightFile.Shard("model.safetensors", 2, 3));
        assertThat(WeightFile.of("model.safetensors.index.json")).contains(new WeightFile.Index("model.safetensors"));
        assertThat(WeightFile.of("pytorch_model.bin.index.json")).contains(new WeightFile.Index("pytorch_model.bin"));
        assertThat(WeightFile.of("a/helios-00001-of-00002.gguf")).contains(new WeightFile.Shard("a/helios.gguf", 1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "README.md",
                "tokenizer.model",
                "optimizer.pt",
                "rng_state_0.pth",
                "training_args.bin",
                "model.safetensors.tmp"
            })
    void othersHoldNone(String path) {
        assertThat(WeightFile.of(path)).isEmpty();
    }
}
