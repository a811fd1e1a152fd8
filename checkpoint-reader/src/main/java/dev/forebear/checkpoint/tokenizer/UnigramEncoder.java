package dev.forebear.checkpoint.tokenizer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** Unigram: of all ways to cut a word into tokens the one with the largest sum of scores (Viterbi). */
final class UnigramEncoder implements WordEncoder {

    /** How much worse than the worst token an unknown character is, as in SentencePiece. */
    private static final double UNKNOWN_PENALTY = 10;

    private final Vocabulary vocabulary;
    private final double[] scores;
    private final double unknownScore;
    private final int longest;

    private UnigramEncoder(TokenizerFile file) {
        this.vocabulary = Vocabulary.of(file);
        this.scores = file.scores();
        this.unknownScore = Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY;
        this.longest = file.vocabulary().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    static UnigramEncoder of(TokenizerFile file) {
        return new UnigramEncoder(file);
    }

    @Override
    public void encode(String word, List<Integer> ids) {
        int[] begins = bestBegins(word);
        var cuts = new ArrayDeque<int[]>();
        for (int end = word.length(); end > 0; end = begins[end]) {
            cuts.addFirst(new int[] {begins[end], end});
        }
        var unknown = new StringBuilder();
        for (int[] cut : cuts) {
            String piece = word.substring(cut[0], cut[1]);
            Integer id = vocabulary.id(piece);
            if (id == null) {
                unknown.append(piece);
            } else {
                flush(unknown, ids);
                ids.add(id);
            }
        }
        flush(unknown, ids);
    }

    private void flush(StringBuilder unknown, List<Integer> ids) {
        if (!unknown.isEmpty()) {
            vocabulary.appendUnknown(unknown.toString(), false, ids);
            unknown.setLength(0);
        }
    }

    /** For every end of a prefix of the word, where its last piece begins. */
    private int[] bestBegins(String word) {
        var best = new double[word.length() + 1];
        var begins = new int[word.length() + 1];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        best[0] = 0;
        for (int begin = 0; begin < word.length(); begin++) {
            if (best[begin] == Double.NEGATIVE_INFINITY) {
                continue; // Inside a surrogate pair.
            }
            int character = begin + Character.charCount(word.codePointAt(begin));
            offer(best, begins, begin, character, unknownScore);
            for (int end = begin + 1; end <= Math.min(word.length(), begin + longest); end++) {
                Integer id = vocabulary.id(word.substring(begin, end));
                if (id != null && id < scores.length) {
                    offer(best, begins, begin, end, scores[id]);
                }
            }
        }
        return begins;
    }

    private static void offer(double[] best, int[] begins, int begin, int end, double score) {
        if (best[begin] + score > best[end]) {
            best[end] = best[begin] + score;
            begins[end] = begin;
        }
    }
}
