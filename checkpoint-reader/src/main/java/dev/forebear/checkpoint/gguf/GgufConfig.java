package dev.forebear.checkpoint.gguf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in the fields of config.json what the metadata of a GGUF file say. */
final class GgufConfig {

    /** Fields of config.json by keys, which begin with the name of the architecture. */
    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("embedding_length", "hidden_size"),
            Map.entry("block_count", "num_hidden_layers"),
            Map.entry("feed_forward_length", "intermediate_size"),
            Map.entry("attention.head_count", "num_attention_heads"),
            Map.entry("attention.head_count_kv", "num_key_value_heads"),
            Map.entry("attention.key_length", "head_dim"),
            Map.entry("context_length", "max_position_embeddings"),
            Map.entry("expert_count", "num_local_experts"),
            Map.entry("expert_used_count", "num_experts_per_tok"),
            Map.entry("expert_feed_forward_length", "moe_intermediate_size"),
            Map.entry("rope.freq_base", "rope_theta"),
            Map.entry("attention.layer_norm_rms_epsilon", "rms_norm_eps"),
            Map.entry("attention.layer_norm_epsilon", "layer_norm_epsilon"));

    private static final Map<String, String> TOKENS = Map.of(
            "tokenizer.ggml.bos_token_id", "bos_token_id",
            "tokenizer.ggml.eos_token_id", "eos_token_id",
            "tokenizer.ggml.padding_token_id", "pad_token_id");

    private GgufConfig() {}

    static ObjectNode of(Metadata metadata, @Nullable GgufArchitecture architecture, List<Tensor> tensors) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        if (architecture == null) {
            config.put("model_type", metadata.text("general.architecture"));
        } else {
            boolean mixtral = isMixtral(metadata, architecture);
            config.put("model_type", mixtral ? "mixtral" : architecture.modelType());
            config.putArray("architectures").add(mixtral ? "MixtralForCausalLM" : architecture.modelClass());
            config.put("hidden_act", activation(architecture));
        }
        String prefix = metadata.text("general.architecture") + ".";
        FIELDS.forEach((key, field) -> put(config, field, metadata.values().get(prefix + key)));
        TOKENS.forEach((key, field) -> put(config, field, metadata.values().get(key)));
        if (size(metadata, "attention.kv_lora_rank") > 0) {
            latentAttention(config, metadata);
        }
        if (architecture == GgufArchitecture.FALCON) {
            config.put("new_decoder_architecture", true); // which is to take the number of key-value heads as it is
        }
        boolean head = false;
        for (Tensor tensor : tensors) {
            head |= tensor.name().equals("output.weight");
            if (tensor.name().equals("token_embd.weight") && !tensor.shape().isEmpty()) {
                config.put("vocab_size", tensor.shape().getFirst());
            }
        }
        return config.put("tie_word_embeddings", !head);
    }

    /** Sizes of heads, which newer files give twice: as they are stored, and as they are computed with. */
    private static void latentAttention(ObjectNode config, Metadata metadata) {
        int rotary = size(metadata, "rope.dimension_count");
        int mla = size(metadata, "attention.key_length_mla");
        int key = mla > 0 ? mla : size(metadata, "attention.key_length");
        int valueMla = size(metadata, "attention.value_length_mla");
        config.put("kv_lora_rank", size(metadata, "attention.kv_lora_rank"));
        config.put("qk_rope_head_dim", rotary);
        config.put("qk_nope_head_dim", key - rotary);
        config.put("v_head_dim", valueMla > 0 ? valueMla : size(metadata, "attention.value_length"));
        config.set("num_key_value_heads", config.path("num_attention_heads"));
        config.remove("head_dim");
    }

    private static String activation(GgufArchitecture architecture) {
        return switch (architecture) {
            case GPT2, BLOOM -> "gelu_new";
            case GPT_NEOX, FALCON, BERT -> "gelu";
            case GEMMA, GEMMA2, GEMMA3 -> "gelu_pytorch_tanh";
            case LLAMA,
                    MISTRAL3,
                    GRANITE,
                    SMOLLM3,
                    QWEN2,
                    QWEN2_MOE,
                    QWEN3,
                    QWEN3_MOE,
                    OLMO2,
                    PHI3,
                    DEEPSEEK,
                    DEEPSEEK2,
                    GPT_OSS -> "silu";
        };
    }

    private static void put(ObjectNode config, String field, Metadata.@Nullable Value value) {
        switch (value) {
            case Metadata.Value.Number number -> {
                if (number.value() == Math.rint(number.value()) && Math.abs(number.value()) <= 1L << 53) {
                    config.put(field, (long) number.value());
                } else {
                    config.put(field, number.value());
                }
            }
            // One value for each layer: refused by name where one for all is needed.
            case Metadata.Value.Numbers each -> {
                if (each.values().length > 0) {
                    config.putArray(field).add(each.values()[0]);
                }
            }
            case Metadata.Value.Text text -> config.put(field, text.text());
            case Metadata.Value.Truth truth -> config.put(field, truth.value());
            case Metadata.Value.Texts texts -> config.putArray(field);
            case null -> config.remove(field);
        }
    }

    /** Mixtral has the architecture of Llama, and experts. */
    static boolean isMixtral(Metadata metadata, GgufArchitecture architecture) {
        return architecture == GgufArchitecture.LLAMA && size(metadata, "expert_count") > 1;
    }

    /** A number of the architecture; 0 when absent. */
    static int size(Metadata metadata, String key) {
        Integer found = metadata.integer(metadata.text("general.architecture") + "." + key);
        return found == null ? 0 : found;
    }
}
