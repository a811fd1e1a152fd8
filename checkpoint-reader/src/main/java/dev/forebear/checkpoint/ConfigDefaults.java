package dev.forebear.checkpoint;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sizes that composite models leave out of the configuration of their text backbone, because they are the defaults of
 * the class that reads it.
 */
final class ConfigDefaults {

    private static final Map<String, Map<String, Integer>> SIZES = Map.of(
            "llama",
                    Map.of(
                            "hidden_size", 4096,
                            "num_hidden_layers", 32,
                            "num_attention_heads", 32,
                            "intermediate_size", 11_008,
                            "vocab_size", 32_000),
            "mistral",
                    Map.of(
                            "hidden_size", 4096,
                            "num_hidden_layers", 32,
                            "num_attention_heads", 32,
                            "num_key_value_heads", 8,
                            "intermediate_size", 14_336,
                            "vocab_size", 32_000),
            "gemma",
                    Map.of(
                            "num_attention_heads",
                            16,
                            "num_key_value_heads",
                            16,
                            "head_dim",
                            256,
                            "vocab_size",
                            256_000),
            "gemma2",
                    Map.of("num_attention_heads", 8, "num_key_value_heads", 4, "head_dim", 256, "vocab_size", 256_000),
            "gemma3_text",
                    Map.of("num_attention_heads", 8, "num_key_value_heads", 4, "head_dim", 256, "vocab_size", 262_208),
            "qwen3", Map.of("head_dim", 128),
            "qwen3_moe", Map.of("head_dim", 128));

    private ConfigDefaults() {}

    static @Nullable Integer value(String modelType, String name) {
        return SIZES.getOrDefault(modelType, Map.of()).get(name);
    }
}
