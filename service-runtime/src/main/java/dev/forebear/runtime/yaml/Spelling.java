package dev.forebear.runtime.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses which word somebody meant. */
public final class Spelling {

    /** Longer words are no slip of the pen, and comparing them costs. */
    private static final int MAX_LENGTH = 60;

    private Spelling() {}

    /** "; did you mean 'x'?" for the known word that takes the fewest letters to change; empty when none is near. */
    public static String hint(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return "";
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> candidate.length() <= MAX_LENGTH && !candidate.equals(word))
                .filter(candidate ->
                        distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= Math.max(1, (word.length() + 1) / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** Letters to insert, delete or replace. */
    private static int distance(String a, String b) {
        var above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
