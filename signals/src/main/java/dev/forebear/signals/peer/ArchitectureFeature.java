package dev.forebear.signals.peer;

import org.jspecify.annotations.Nullable;

/** What the architecture screening compares; fields as in config.json. */
public record ArchitectureFeature(
        String architectureHash,
        String familyHash,
        String attentionStyle,
        String normType,
        String positionEncoding,
        boolean attentionBias,
        boolean queryKeyNorm,
        @Nullable Double ropeTheta,
        @Nullable Integer bosTokenId,
        @Nullable Integer eosTokenId) {}
