package dev.forebear.alerts.api;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words that somebody looks for. The index of the read model finds any three letters or more. */
record SearchText(List<String> words) {

    private static final int MOST_WORDS = 10;
    private static final int INDEXED = 3;

    SearchText {
        words = List.copyOf(words);
    }

    /** Null when there is nothing to look for. */
    static @Nullable SearchText of(@Nullable String text) {
        List<String> words = text == null
                ? List.of()
                : Arrays.stream(text.strip().split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .limit(MOST_WORDS)
                        .toList();
        return words.isEmpty() ? null : new SearchText(words);
    }

    /** Adds that a model's name, its ancestors' names or its licence hold all words. */
    void models(String modelId, Conditions conditions) {
        List<String> indexed = words.stream()
                .filter(word -> word.codePointCount(0, word.length()) >= INDEXED)
                .toList();
        if (!indexed.isEmpty()) {
            conditions.and(modelId + " IN (SELECT id FROM search WHERE search MATCH :value)", phrases(indexed));
        }
        words.stream()
                .filter(word -> !indexed.contains(word))
                .forEach(word -> conditions.and(modelId + " LIKE :value ESCAPE '\\'", "%/" + escaped(word) + "%"));
    }

    /** Adds that a text holds all words. */
    void in(String expression, Conditions conditions) {
        words.forEach(word -> conditions.and(expression + " LIKE :value ESCAPE '\\'", "%" + escaped(word) + "%"));
    }

    /** Each word in quotes, so that nothing in it is an operator of the index. */
    private static String phrases(List<String> words) {
        return words.stream()
                .map(word -> '"' + word.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(" AND "));
    }

    private static String escaped(String word) {
        return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
