package dev.forebear.signals.peer;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writing systems that the peer tells apart, by the Unicode names of characters. */
enum Script {
    LATIN(List.of("LATIN")),
    CJK(List.of("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO")),
    CYRILLIC(List.of("CYRILLIC")),
    ARABIC(List.of("ARABIC")),
    DEVANAGARI(List.of("DEVANAGARI")),
    OTHER(List.of());

    /** Latin comes last: its letters appear in the names of others ("CJK ... LATIN"). */
    private static final List<Script> SEARCH_ORDER = List.of(CJK, CYRILLIC, ARABIC, DEVANAGARI, LATIN);

    private final List<String> words;

    Script(List<String> words) {
        this.words = words;
    }

    /** Shares of the alphabetic characters of all strings, by ordinal, rounded to 4 decimals; all 0 without any. */
    static double[] shares(Collection<String> strings) {
        Map<Integer, Script> known = new HashMap<>();
        long[] counts = new long[values().length];
        for (String string : strings) {
            string.codePoints()
                    .filter(Character::isLetter)
                    .forEach(letter ->
                            counts[known.computeIfAbsent(letter, Script::of).ordinal()]++);
        }
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        double[] shares = new double[counts.length];
        for (int script = 0; script < counts.length && total > 0; script++) {
            shares[script] = VectorSimilarity.round((double) counts[script] / total);
        }
        return shares;
    }

    static Script of(int letter) {
        if (letter <= 0x7F) {
            return LATIN;
        }
        @Nullable String name = Character.getName(letter);
        for (Script script : SEARCH_ORDER) {
            if (name != null && script.words.stream().anyMatch(name::contains)) {
                return script;
            }
        }
        return OTHER;
    }
}
