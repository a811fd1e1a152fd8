package dev.forebear.signals.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the architecture screening compares, read from config.json as it stands. The peer fills fields that are absent
 * with the defaults of its model library; a configuration that relies on them has another architecture hash here.
 */
final class ArchitectureFeatures {

    private static final List<String> HIDDEN_SIZE = List.of("hidden_size", "n_embd", "d_model", "n_embed", "dim");
    private static final List<String> LAYERS =
            List.of("num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers");
    private static final List<String> HEADS =
            List.of("num_attention_heads", "n_head", "n_heads", "num_heads", "encoder_attention_heads");
    private static final List<String> POSITIONS =
            List.of("max_position_embeddings", "n_positions", "max_seq_len", "seq_length");
    private static final List<String> INTERMEDIATE_SIZE =
            List.of("intermediate_size", "d_ff", "encoder_ffn_dim", "decoder_ffn_dim", "ffn_dim");

    private final JsonNode whole;
    private final JsonNode text;

    private ArchitectureFeatures(ModelConfig config) {
        this.whole = config.json();
        this.text = config.text();
    }

    static ArchitectureFeature of(ModelConfig config, @Nullable Tokenizer tokenizer) {
        return new ArchitectureFeatures(config).feature(tokenizer);
    }

    private ArchitectureFeature feature(@Nullable Tokenizer tokenizer) {
        return new ArchitectureFeature(
                architectureHash(),
                familyHash(tokenizer),
                attentionStyle(),
                normType(),
                positionEncoding(),
                attentionBias(),
                truthy("qk_layernorm") || truthy("qk_norm") || text.hasNonNull("query_pre_attn_scalar"),
                ropeTheta().isNumber() ? ropeTheta().asDouble() : null,
                tokenizer == null ? null : tokenizer.bosTokenId(),
                tokenizer == null ? null : tokenizer.eosTokenId());
    }

    private String architectureHash() {
        return HashedFields.of(
                whole.path("model_type"),
                whole.path("architectures"),
                number(HIDDEN_SIZE),
                number(LAYERS),
                number(HEADS),
                text.path("num_key_value_heads"),
                intermediateSize(),
                number(List.of("vocab_size")),
                number(POSITIONS));
    }

    private String familyHash(@Nullable Tokenizer tokenizer) {
        JsonNode activation = text.hasNonNull("hidden_act") ? text.path("hidden_act") : text.path("hidden_activation");
        return HashedFields.of(
                whole.path("model_type"),
                HashedFields.text(attentionStyle()),
                activation,
                HashedFields.text(normType()),
                HashedFields.text(tokenizer == null ? "none" : contentHash(tokenizer)),
                HashedFields.text(ropeTheta().isNumber() ? hundreds(ropeTheta()) : "none"),
                HashedFields.text(text.path("rope_scaling").path("type").asText("none")));
    }

    private static String contentHash(Tokenizer tokenizer) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(tokenizer.vocabulary()).forEach((token, id) -> lines.add(id + " " + token));
        lines.addAll(tokenizer.merges());
        return HashedFields.sha256(String.join("\n", lines));
    }

    private static String hundreds(JsonNode value) {
        BigDecimal rounded = value.decimalValue().setScale(-2, RoundingMode.HALF_EVEN);
        return value.isIntegralNumber() ? rounded.toBigInteger().toString() : Double.toString(rounded.doubleValue());
    }

    private JsonNode number(List<String> names) {
        for (String name : names) {
            if (text.hasNonNull(name)) {
                return text.path(name);
            }
        }
        return IntNode.valueOf(0);
    }

    private JsonNode intermediateSize() {
        for (String name : INTERMEDIATE_SIZE) {
            if (text.path(name).asLong(0) > 0) {
                return text.path(name);
            }
        }
        JsonNode hiddenDim = text.path("hidden_dim");
        boolean ofMlp = hiddenDim.asLong(0) > 0
                && hiddenDim.asLong() != number(HIDDEN_SIZE).asLong();
        return ofMlp ? hiddenDim : IntNode.valueOf(0);
    }

    private String attentionStyle() {
        JsonNode keyValueHeads = text.path("num_key_value_heads");
        if (!keyValueHeads.isNumber() || keyValueHeads.asLong() == number(HEADS).asLong()) {
            return "MHA";
        }
        return keyValueHeads.asLong() == 1 ? "MQA" : "GQA";
    }

    private String normType() {
        if (text.has("rms_norm_eps") || text.has("rms_norm_epsilon")) {
            return "RMSNorm";
        }
        return text.has("layer_norm_eps") || text.has("layer_norm_epsilon") ? "LayerNorm" : "unknown";
    }

    private String positionEncoding() {
        return ropeTheta().isNumber()
                ? "RoPE"
                : text.path("position_embedding_type").asText("absolute");
    }

    private @Nullable Boolean attentionBias() {
        JsonNode bias = text.has("attention_bias") ? text.path("attention_bias") : text.path("bias");
        return bias.isBoolean() ? bias.booleanValue() : null;
    }

    private JsonNode ropeTheta() {
        for (String name : List.of("rope_theta", "rotary_emb_base")) {
            if (text.path(name).isNumber()) {
                return text.path(name);
            }
        }
        JsonNode nested = text.path("rope_parameters").path("rope_theta");
        return nested instanceof MissingNode ? NullNode.getInstance() : nested;
    }

    private boolean truthy(String name) {
        return text.path(name).asBoolean(false);
    }
}
