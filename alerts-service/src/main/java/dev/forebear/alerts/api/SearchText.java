package dev.forebear.alerts.api;

import java.nio.charset.StandardCharsets;
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

    /** The versions of all models whose names, ancestors' names or licences hold all words: what to select from. */
    String versions(Conditions values) {
        return "(" + places(values) + ") AS found CROSS JOIN search_document AS document INDEXED BY"
                + " search_document_by_place ON document.place = found.place"
                + " CROSS JOIN model_version ON model_version.model_id = document.id";
    }

    /** Adds the same of each model that is met, without the index. */
    void models(String modelId, Conditions conditions) {
        String texts = words.stream()
                .map(word -> isIndexed(word)
                        ? " AND document.text LIKE :" + conditions.bind("%" + escaped(word) + "%") + " ESCAPE '!'"
                        : " AND document." + isNamed(word, conditions))
                .collect(Collectors.joining());
        conditions.and(
                "EXISTS (SELECT 1 FROM search_document AS document WHERE document.kind = 'model' AND document.id = "
                        + modelId + texts + ")");
    }

    /** Whether what holds the words is found without the index, too: it alone knows capitals beyond English. */
    boolean isPlain() {
        return words.stream().allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
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
                .map(word -> " AND " + isNamed(word, values))
                .collect(Collectors.joining());
        return indexed.isEmpty()
                ? "SELECT place FROM search_document WHERE kind = 'model'" + named
                : "SELECT rowid AS place FROM search WHERE search MATCH :"
                        + values.bind((isIndexed(words.getFirst()) ? ofFirst : "") + phrases(indexed)) + named;
    }

    private static String isNamed(String word, Conditions values) {
        return "id LIKE :" + values.bind("%/" + escaped(word) + "%") + " ESCAPE '!'";
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
