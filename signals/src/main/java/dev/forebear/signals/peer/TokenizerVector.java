package dev.forebear.signals.peer;

import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tokenizer vector (the peer's TFV): how alike two tokenizers are built. Costs tokenizer.json and
 * tokenizer_config.json. A tokenizer is taken from a shelf, so this says nothing about weights.
 */
final class TokenizerVector {

    private static final Pattern BYTE_TOKEN = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
    private static final int FIRST_MERGES = 50;

    private TokenizerVector() {}

    static TokenizerFeature of(Tokenizer tokenizer) {
        Collection<String> tokens = tokenizer.vocabulary().keySet();
        List<String> merges = tokenizer.merges();
        return new TokenizerFeature(
                tokenizer.tokenizerClass(),
                tokens.size(),
                VectorSimilarity.round(meanLength(tokens), 2),
                share(
                        tokens.stream()
                                .filter(TokenizerVector::beginsWithSpaceMark)
                                .count(),
                        tokens.size()),
                Script.shares(tokens),
                share(
                                tokens.stream()
                                        .filter(token ->
                                                BYTE_TOKEN.matcher(token).matches())
                                        .count(),
                                tokens.size())
                        > 0,
                merges.size(),
                hash(merges.subList(0, Math.min(FIRST_MERGES, merges.size()))),
                hash(merges),
                tokenizer.bosTokenId(),
                tokenizer.eosTokenId(),
                tokenizer.padTokenId(),
                tokenizer.unkTokenId(),
                tokenizer.maskTokenId(),
                VocabularyOverlap.minHash(tokens));
    }

    private static double meanLength(Collection<String> tokens) {
        long characters = 0;
        for (String token : tokens) {
            characters += token.codePointCount(0, token.length());
        }
        return tokens.isEmpty() ? 0 : (double) characters / tokens.size();
    }

    private static boolean beginsWithSpaceMark(String token) {
        return !token.isEmpty() && "\u2581\u0120 ".indexOf(token.charAt(0)) >= 0;
    }

    private static double share(long count, int total) {
        return total == 0 ? 0 : VectorSimilarity.round((double) count / total);
    }

    private static String hash(List<String> merges) {
        return merges.isEmpty() ? "" : HashedFields.sha256(String.join("\n", merges));
    }

    /** 0 to 1, rounded. */
    static double similarity(TokenizerFeature a, TokenizerFeature b) {
        WeightedScore score = new WeightedScore();
        score.add(0.10, plainClass(a).equals(plainClass(b)) ? 1 : 0);
        score.add(0.10, ratio(a.vocabularySize(), b.vocabularySize()));
        score.add(0.04, Objects.equals(a.bosTokenId(), b.bosTokenId()) ? 1 : 0);
        score.add(0.04, Objects.equals(a.eosTokenId(), b.eosTokenId()) ? 1 : 0);
        score.add(0.07, ratio(a.meanTokenLength(), b.meanTokenLength()));
        score.add(0.05, 1 - Math.abs(a.spaceMarkShare() - b.spaceMarkShare()));
        score.add(0.10, scripts(a.scriptShares(), b.scriptShares()));
        score.add(0.05, a.byteTokens() == b.byteTokens() ? 1 : 0);
        score.add(0.05, ratio(a.merges(), b.merges()));
        score.add(0.15, a.firstMergesHash().equals(b.firstMergesHash()) ? 1 : 0);
        score.add(0.10, specialTokens(a, b));
        score.add(0.15, merges(a.mergesHash(), b.mergesHash()));
        return VectorSimilarity.round(score.sum());
    }

    // The peer sees the class that loads the tokenizer, which is the fast one for either name.
    private static String plainClass(TokenizerFeature tokenizer) {
        String name = tokenizer.tokenizerClass();
        return name.endsWith("Fast") ? name.substring(0, name.length() - "Fast".length()) : name;
    }

    private static double ratio(double a, double b) {
        double larger = Math.max(a, b);
        return larger == 0 ? 1 : 1 - Math.abs(a - b) / larger;
    }

    private static double scripts(double[] a, double[] b) {
        Double cosine = VectorSimilarity.cosine(a, b, a.length);
        return cosine == null ? 0 : cosine;
    }

    private static double specialTokens(TokenizerFeature a, TokenizerFeature b) {
        WeightedScore score = new WeightedScore();
        addSpecialToken(score, a.padTokenId(), b.padTokenId());
        addSpecialToken(score, a.unkTokenId(), b.unkTokenId());
        addSpecialToken(score, a.maskTokenId(), b.maskTokenId());
        return score.isEmpty() ? 0.5 : score.mean();
    }

    private static void addSpecialToken(WeightedScore score, @Nullable Integer a, @Nullable Integer b) {
        if ((a == null) == (b == null)) {
            score.add(1, Objects.equals(a, b) ? 1 : 0);
        }
    }

    private static double merges(String a, String b) {
        if (a.isEmpty() && b.isEmpty()) {
            return 0.5;
        }
        return a.equals(b) ? 1 : 0;
    }
}
