package dev.forebear.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.storage.Storage;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * config.json, or what a GGUF file says in its place, read through one set of names whatever names its architecture
 * uses. Of a composite model (vision and text) this is the text backbone. Sizes are validated when they are asked for:
 * positive and bounded.
 */
public final class ModelConfig {

    static final String FILE = "config.json";

    private static final int FILE_LIMIT = 16 << 20;
    private static final int LAYERS_LIMIT = 10_000;
    private static final int WIDTH_LIMIT = 1 << 24;
    private static final int VOCABULARY_LIMIT = 1 << 26;
    private static final List<String> BACKBONES =
            List.of("text_config", "llm_config", "language_config", "decoder", "thinker_config");

    private static final String[] HIDDEN_SIZE = {"hidden_size", "n_embd", "d_model", "n_embed", "dim"};
    private static final String[] LAYERS = {"num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers"};
    private static final String[] HEADS = {
        "num_attention_heads", "n_head", "n_heads", "num_heads", "encoder_attention_heads"
    };
    private static final String[] KEY_VALUE_HEADS = {"num_key_value_heads", "num_kv_heads", "n_head_kv"};
    private static final String[] INTERMEDIATE_SIZE = {
        "intermediate_size", "n_inner", "ffn_dim", "d_ff", "ffn_hidden_size", "hidden_dim", "encoder_ffn_dim"
    };
    private static final String[] EXPERTS = {"num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts"};

    private final ObjectNode json;
    private final JsonNode text;

    private ModelConfig(ObjectNode json, JsonNode text) {
        this.json = json;
        this.text = text;
    }

    /** @throws CheckpointException MISSING, or MALFORMED when it is not a JSON object */
    static ModelConfig read(Storage storage) throws IOException {
        return read(storage, FILE);
    }

    /** The same from a file of another name. */
    static ModelConfig read(Storage storage, String file) throws IOException {
        return of(StoredJson.read(storage, file, FILE_LIMIT));
    }

    /** The configuration that a parsed config.json holds. */
    public static ModelConfig of(ObjectNode json) {
        return new ModelConfig(json, backbone(json));
    }

    private static JsonNode backbone(JsonNode node) {
        if (present(node, HIDDEN_SIZE) != null) {
            return node;
        }
        for (String name : BACKBONES) {
            if (node.path(name).isObject()) {
                return backbone(node.path(name));
            }
        }
        return node;
    }

    /** The whole document. */
    public JsonNode json() {
        return json;
    }

    /** The part of the document that describes the text backbone; the whole document for a plain model. */
    public JsonNode text() {
        return text;
    }

    /** model_type of the text backbone, or "unknown". */
    public String modelType() {
        return text.path("model_type").asText("unknown");
    }

    /** Residual width d. */
    public int hiddenSize() throws CheckpointException {
        return required(WIDTH_LIMIT, HIDDEN_SIZE);
    }

    /** Number of blocks; of an encoder-decoder, those of the encoder. */
    public int layers() throws CheckpointException {
        return required(LAYERS_LIMIT, LAYERS);
    }

    /** Blocks of the decoder of an encoder-decoder; as many as the encoder has when not said. */
    public int decoderLayers() throws CheckpointException {
        Integer found = optional(LAYERS_LIMIT, "num_decoder_layers", "decoder_layers");
        return found != null ? found : layers();
    }

    /** Query heads. */
    public int attentionHeads() throws CheckpointException {
        return required(WIDTH_LIMIT, HEADS);
    }

    /** Key and value heads; as many as query heads where nothing else is said. */
    public int keyValueHeads() throws CheckpointException {
        if (modelType().equals("falcon") || modelType().startsWith("RefinedWeb")) {
            return falconKeyValueHeads();
        }
        Integer found = optional(WIDTH_LIMIT, KEY_VALUE_HEADS);
        return found != null ? found : attentionHeads();
    }

    // Falcon states num_kv_heads also where its older layouts do not use it.
    private int falconKeyValueHeads() throws CheckpointException {
        if (text.path("new_decoder_architecture").asBoolean(modelType().equals("RefinedWeb"))) {
            Integer found = optional(WIDTH_LIMIT, KEY_VALUE_HEADS);
            return found != null ? found : attentionHeads();
        }
        return text.path("multi_query").asBoolean(true) ? 1 : attentionHeads();
    }

    /** Width of one head; hidden size over heads where nothing else is said. */
    public int headSize() throws CheckpointException {
        Integer found = optional(WIDTH_LIMIT, "head_dim", "d_kv");
        if (found != null) {
            return found;
        }
        if (hiddenSize() % attentionHeads() != 0) {
            throw malformed("hidden_size", "a multiple of " + attentionHeads() + " heads", "" + hiddenSize());
        }
        return hiddenSize() / attentionHeads();
    }

    /** Width of the MLP, F; four times the hidden size where nothing else is said, as GPT-2 and BLOOM do. */
    public int intermediateSize() throws CheckpointException {
        Integer dense = optional(WIDTH_LIMIT, "intermediate_size_mlp");
        Integer found = dense != null ? dense : optional(WIDTH_LIMIT, INTERMEDIATE_SIZE);
        return found != null ? found : Math.multiplyExact(4, hiddenSize());
    }

    /** Width of one expert; the width of the MLP where nothing else is said. */
    public int expertSize() throws CheckpointException {
        Integer found = optional(WIDTH_LIMIT, "moe_intermediate_size", "expert_ffn_hidden_size");
        if (found == null && text.hasNonNull("intermediate_size_mlp")) {
            found = optional(WIDTH_LIMIT, INTERMEDIATE_SIZE);
        }
        return found != null ? found : intermediateSize();
    }

    /** Experts that a router chooses from; 1 for a dense model. */
    public int experts() throws CheckpointException {
        Integer found = optional(WIDTH_LIMIT, EXPERTS);
        return found != null ? found : 1;
    }

    /** Width of the embedding where it is not the hidden size (OPT-350M, ELECTRA); null when not said. */
    public @Nullable Integer embeddingSize() throws CheckpointException {
        return optional(WIDTH_LIMIT, "word_embed_proj_dim", "embedding_size");
    }

    /** A positive size under a name that only one architecture uses. */
    public int size(String name) throws CheckpointException {
        return required(WIDTH_LIMIT, name);
    }

    /** Rows of the embedding, as declared; a composite may declare them for all its parts. */
    public int vocabularySize() throws CheckpointException {
        if (!text.hasNonNull("vocab_size") && json.hasNonNull("vocab_size")) {
            return new ModelConfig(json, json).required(VOCABULARY_LIMIT, "vocab_size");
        }
        return required(VOCABULARY_LIMIT, "vocab_size");
    }

    /** bos_token_id; the first where there are several; null when not said. */
    public @Nullable Integer bosTokenId() {
        return tokenId("bos_token_id");
    }

    /** eos_token_id; the first where there are several; null when not said. */
    public @Nullable Integer eosTokenId() {
        return tokenId("eos_token_id");
    }

    /** pad_token_id; null when not said. */
    public @Nullable Integer padTokenId() {
        return tokenId("pad_token_id");
    }

    /** quant_method of quantization_config in lower case, "unknown" when it does not say; null without one. */
    public @Nullable String quantisation() {
        JsonNode settings = quantisationSettings();
        return settings.isObject()
                ? settings.path("quant_method").asText("unknown").toLowerCase(Locale.ROOT)
                : null;
    }

    /** quantization_config, of the whole model or of its text backbone; a missing node without one. */
    public JsonNode quantisationSettings() {
        JsonNode found = json.path("quantization_config");
        return found.isObject() ? found : text.path("quantization_config");
    }

    private @Nullable Integer tokenId(String name) {
        JsonNode value = text.hasNonNull(name) ? text.path(name) : json.path(name);
        JsonNode id = value.isArray() ? value.path(0) : value;
        return id.isIntegralNumber() && id.canConvertToInt() ? id.intValue() : null;
    }

    private int required(int limit, String... names) throws CheckpointException {
        Integer found = optional(limit, names);
        if (found == null) {
            throw malformed(names[0], "a positive integer", "none");
        }
        return found;
    }

    private @Nullable Integer optional(int limit, String... names) throws CheckpointException {
        String name = present(text, names);
        if (name == null) {
            return ConfigDefaults.value(modelType(), names[0]);
        }
        JsonNode value = text.path(name);
        if (value.isArray()) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, FILE, name + ": expected one size for all layers, found a list");
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() <= 0
                || value.intValue() > limit) {
            String found = value.toString();
            throw malformed(name, "1 to " + limit, found.length() > 40 ? found.substring(0, 40) + "…" : found);
        }
        return value.intValue();
    }

    /** First of the names with a value; zero counts as none, since composite models write it. */
    private static @Nullable String present(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            boolean zero = value.isIntegralNumber() && value.asLong() == 0 && names == HIDDEN_SIZE;
            if (node.hasNonNull(name) && !zero) {
                return name;
            }
        }
        return null;
    }

    private static CheckpointException malformed(String field, String expected, String found) {
        return new CheckpointException(Reason.MALFORMED, FILE, field + ": expected " + expected + ", found " + found);
    }
}
