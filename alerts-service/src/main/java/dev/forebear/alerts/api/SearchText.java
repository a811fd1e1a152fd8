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
        conditions.and(modelId + " IN (SELECT document.id FROM (" + places("", conditions)
                + ") AS found CROSS JOIN search_document AS document INDEXED BY search_document_by_place"
                + " ON document.place = found.place)");
    }

    /** Selects the places of all documents that hold all words. */
    String places(Conditions values) {
        return places("", values);
    }

    /** Selects the places of those that hold the first word in the model's name. */
    String placesByName(Conditions values) {
        return places("id : ", values);
    }

    private String places(String ofFirst, Conditions values) {
        List<String> indexed = words.stream().filter(SearchText::isIndexed).toList();
        String named = words.stream()
                .filter(word -> !isIndexed(word))
                .map(word -> " AND id LIKE :" + values.bind("%/" + escaped(word) + "%") + " ESCAPE '!'")
                .collect(Collectors.joining());
        return indexed.isEmpty()
                ? "SELECT place FROM search_document WHERE kind = 'model'" + named
                : "SELECT rowid AS place FROM search WHERE search MATCH :"
                        + values.bind((isIndexed(words.getFirst()) ? ofFirst : "") + phrases(indexed)) + named;
    }

    private static boolean isIndexed(String word) {
        return word.codePointCount(0, word.length()) >= INDEXED;
    }

    /** Adds that a text holds all words. */
    void in(String expression, Conditions conditions) {
        words.forEach(word -> conditions.and(expression + " LIKE :value ESCAPE '!'", "%" + escaped(word) + "%"));
    }

    /** Each word in quotes, so that nothing in it is an operator of the index. */
    private static String phrases(List<String> words) {
        return words.stream()
                .map(word -> '"' + word.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(" AND "));
    }

    private static String escaped(String word) {
        // A backslash before a quote would be read as a part of the text that the quote ends.
        return word.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
