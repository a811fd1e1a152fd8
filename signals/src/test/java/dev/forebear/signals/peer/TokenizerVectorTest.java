package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenizerVectorTest {

    @Test
    void sameTokenizerScoresOne() {
        TokenizerFeature tokenizer = tokenizer("LlamaTokenizer", 32_000, 61_249, "aa", 0);
        assertThat(TokenizerVector.similarity(tokenizer, tokenizer)).isEqualTo(1);
    }

    @Test
    void fastClassIsTheSameClass() {
        TokenizerFeature slow = tokenizer("LlamaTokenizer", 32_000, 61_249, "aa", 0);
        TokenizerFeature fast = tokenizer("LlamaTokenizerFast", 32_000, 61_249, "aa", 0);
        assertThat(TokenizerVector.similarity(slow, fast)).isEqualTo(1);
    }

    @Test
    void withoutMergesTheirIdentityCountsHalf() {
        TokenizerFeature unigram = tokenizer("T5Tokenizer", 32_000, 0, "", 0);
        assertThat(TokenizerVector.similarity(unigram, unigram)).isEqualTo(0.925);
    }

    @Test
    void specialTokenOfOneSideOnlyIsLeftOut() {
        TokenizerFeature with = tokenizer("LlamaTokenizer", 32_000, 61_249, "aa", 0);
        TokenizerFeature without = tokenizer("LlamaTokenizer", 32_000, 61_249, "aa", null);
        TokenizerFeature other = tokenizer("LlamaTokenizer", 32_000, 61_249, "aa", 7);
        assertThat(TokenizerVector.similarity(with, without)).isEqualTo(1);
        assertThat(TokenizerVector.similarity(with, other)).isEqualTo(0.9667);
    }

    @Test
    void isSymmetric() {
        TokenizerFeature a = tokenizer("LlamaTokenizer", 32_000, 61_249, "aa", 0);
        TokenizerFeature b = tokenizer("GPT2Tokenizer", 50_257, 50_000, "bb", null);
        assertThat(TokenizerVector.similarity(a, b)).isEqualTo(TokenizerVector.similarity(b, a));
    }

    private static TokenizerFeature tokenizer(
            String tokenizerClass, int size, int merges, String mergesHash, @Nullable Integer padTokenId) {
        return new TokenizerFeature(
                tokenizerClass,
                size,
                6.1,
                0.4,
                new double[] {0.9, 0.1, 0, 0, 0, 0},
                false,
                merges,
                mergesHash,
                mergesHash,
                1,
                2,
                padTokenId,
                0,
                null,
                new byte[256]);
    }
}
