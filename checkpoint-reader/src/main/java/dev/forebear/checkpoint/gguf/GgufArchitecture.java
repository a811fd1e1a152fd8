package dev.forebear.checkpoint.gguf;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The architectures whose conversion by llama.cpp can be undone here. */
enum GgufArchitecture {
    LLAMA("llama", "llama", "LlamaForCausalLM", GgufNames.LLAMA, RowOrder.ROTARY_PAIRS, 0),
    MISTRAL3("mistral3", "mistral", "MistralForCausalLM", GgufNames.LLAMA, RowOrder.ROTARY_PAIRS, 0),
    GRANITE("granite", "granite", "GraniteForCausalLM", GgufNames.LLAMA, RowOrder.ROTARY_PAIRS, 0),
    SMOLLM3("smollm3", "smollm3", "SmolLM3ForCausalLM", GgufNames.LLAMA, RowOrder.ROTARY_PAIRS, 0),
    QWEN2("qwen2", "qwen2", "Qwen2ForCausalLM", GgufNames.LLAMA, RowOrder.AS_STORED, 0),
    QWEN2_MOE("qwen2moe", "qwen2_moe", "Qwen2MoeForCausalLM", GgufNames.LLAMA, RowOrder.AS_STORED, 0),
    QWEN3("qwen3", "qwen3", "Qwen3ForCausalLM", GgufNames.LLAMA, RowOrder.AS_STORED, 0),
    QWEN3_MOE("qwen3moe", "qwen3_moe", "Qwen3MoeForCausalLM", GgufNames.LLAMA, RowOrder.AS_STORED, 0),
    OLMO2("olmo2", "olmo2", "Olmo2ForCausalLM", GgufNames.SANDWICH, RowOrder.AS_STORED, 0),
    PHI3("phi3", "phi3", "Phi3ForCausalLM", GgufNames.PHI3, RowOrder.AS_STORED, 0),
    GEMMA("gemma", "gemma", "GemmaForCausalLM", GgufNames.LLAMA, RowOrder.AS_STORED, 1),
    GEMMA2("gemma2", "gemma2", "Gemma2ForCausalLM", GgufNames.SANDWICH, RowOrder.AS_STORED, 1),
    GEMMA3("gemma3", "gemma3_text", "Gemma3ForCausalLM", GgufNames.SANDWICH, RowOrder.AS_STORED, 1),
    DEEPSEEK("deepseek", "deepseek", "DeepseekForCausalLM", GgufNames.DEEPSEEK, RowOrder.ROTARY_PAIRS, 0),
    DEEPSEEK2("deepseek2", "deepseek_v3", "DeepseekV3ForCausalLM", GgufNames.DEEPSEEK, RowOrder.AS_STORED, 0),
    GPT_OSS("gpt-oss", "gpt_oss", "GptOssForCausalLM", GgufNames.GPT_OSS, RowOrder.AS_STORED, 0),
    GPT2("gpt2", "gpt2", "GPT2LMHeadModel", GgufNames.GPT2, RowOrder.TRANSPOSED, 0),
    GPT_NEOX("gptneox", "gpt_neox", "GPTNeoXForCausalLM", GgufOlderNames.GPT_NEOX, RowOrder.GROUPED, 0),
    BLOOM("bloom", "bloom", "BloomForCausalLM", GgufOlderNames.BLOOM, RowOrder.GROUPED, 0),
    FALCON("falcon", "falcon", "FalconForCausalLM", GgufOlderNames.FALCON, RowOrder.GROUPED, 0),
    BERT("bert", "bert", "BertModel", GgufOlderNames.BERT, RowOrder.AS_STORED, 0);

    /** What the converter did to the rows of matrices. */
    enum RowOrder {
        AS_STORED,
        /** Rows of a query or key head that rotate together, i and i + half of the head, became neighbours. */
        ROTARY_PAIRS,
        /** Projections were stored (in × out) and became (out × in). */
        TRANSPOSED,
        /**
         * Queries, keys and values of each key-value head lay together and became all queries, all keys, all values.
         */
        GROUPED
    }

    private final String name;
    private final String modelType;
    private final String modelClass;
    private final Map<String, String> names;
    private final RowOrder rowOrder;
    private final int gainOffset;

    GgufArchitecture(
            String name,
            String modelType,
            String modelClass,
            Map<String, String> names,
            RowOrder rowOrder,
            int gainOffset) {
        this.name = name;
        this.modelType = modelType;
        this.modelClass = modelClass;
        this.names = names;
        this.rowOrder = rowOrder;
        this.gainOffset = gainOffset;
    }

    /** Null when general.architecture names none of these. */
    static @Nullable GgufArchitecture find(Metadata metadata) {
        String name = metadata.text("general.architecture");
        return Arrays.stream(values())
                .filter(architecture -> architecture.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    /** model_type of config.json. */
    String modelType() {
        return modelType;
    }

    /** Entry of architectures in config.json. */
    String modelClass() {
        return modelClass;
    }

    /** Names before conversion, by those after it; %d is the block. */
    Map<String, String> names() {
        return names;
    }

    RowOrder rowOrder() {
        return rowOrder;
    }

    /** What the converter added to gains that were stored as g − 1. */
    int gainOffset() {
        return gainOffset;
    }
}
