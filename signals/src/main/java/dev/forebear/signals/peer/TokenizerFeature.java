package dev.forebear.signals.peer;

import org.jspecify.annotations.Nullable;

/**
 * What the tokenizer vector compares, and a sketch of the vocabulary.
 *
 * @param scriptShares Latin, CJK, Cyrillic, Arabic, Devanagari, other; sum 1
 * @param vocabularyMinHash 512 values of 4 bits, two a byte, the first in the low half
 */
public record TokenizerFeature(
        String tokenizerClass,
        int vocabularySize,
        double meanTokenLength,
        double spaceMarkShare,
        double[] scriptShares,
        boolean byteTokens,
        int merges,
        String firstMergesHash,
        String mergesHash,
        @Nullable Integer bosTokenId,
        @Nullable Integer eosTokenId,
        @Nullable Integer padTokenId,
        @Nullable Integer unkTokenId,
        @Nullable Integer maskTokenId,
        byte[] vocabularyMinHash) {}
