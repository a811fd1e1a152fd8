package dev.forebear.signals.peer;

import org.jspecify.annotations.Nullable;

/**
 * What the architecture screening compares, apart from the dimensions; fields as in config.json.
 *
 * @param architectureHash SHA-256, hex, of model type, architectures and dimensions
 * @param familyHash SHA-256, hex, of model type, attention style, activation, norm, tokenizer and rotary settings
 * @param attentionStyle MHA, GQA or MQA
 * @param normType RMSNorm, LayerNorm or unknown
 * @param positionEncoding RoPE, or what config.json calls it
 * @param attentionBias whether attention projections have biases; null when config.json does not say
 * @param queryKeyNorm whether queries and keys are normalised
 * @param ropeTheta base of the rotary frequencies; null without rotary positions
 * @param bosTokenId beginning-of-sequence token of the tokenizer
 * @param eosTokenId end-of-sequence token of the tokenizer
 */
public record ArchitectureFeature(
        String architectureHash,
        String familyHash,
        String attentionStyle,
        String normType,
        String positionEncoding,
        @Nullable Boolean attentionBias,
        boolean queryKeyNorm,
        @Nullable Double ropeTheta,
        @Nullable Integer bosTokenId,
        @Nullable Integer eosTokenId) {}
