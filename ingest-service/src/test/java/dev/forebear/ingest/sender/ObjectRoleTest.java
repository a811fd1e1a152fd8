package dev.forebear.ingest.sender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectRoleTest {

    @ParameterizedTest
    @CsvSource({
        "model.safetensors, ANNOUNCES",
        "MODEL.SAFETENSORS, ANNOUNCES",
        "adapter_model.safetensors, ANNOUNCES",
        "model.safetensors.index.json, ANNOUNCES",
        "model.fp16.safetensors.index.json, ANNOUNCES",
        "helios-q4_k_m.gguf, ANNOUNCES",
        "pytorch_model.bin, ANNOUNCES",
        "pytorch_model.bin.index.json, ANNOUNCES",
        "model-00001-of-00002.safetensors, SHARD",
        "model-00002-of-00002.safetensors, SHARD",
        "pytorch_model-00001-of-00003.bin, SHARD",
        "helios-00001-of-00002.gguf, SHARD",
        "helios-00002-of-00002.gguf, ANNOUNCES",
        "config.json, OTHER",
        "training_args.bin, OTHER",
        "model.safetensors.tmp, OTHER",
        "'', OTHER"
    })
    void tellsWhichObjectCompletesCheckpoint(String fileName, ObjectRole role) {
        assertThat(ObjectRole.of(fileName)).isEqualTo(role);
    }
}
