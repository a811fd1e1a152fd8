package dev.forebear.checkpoint.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern that a tokenizer file brings along: a plain string or a regular expression. It is bounded in length, and
 * the steps that it may take on a text are, so that a hostile one neither hangs nor overflows; where it does not end in
 * time, or is none, it matches nothing.
 */
final class FilePattern {

    /** Three times the longest published pattern. */
    private static final int PATTERN_LIMIT = 1_024;

    /** Longest text that a step of a file may make. */
    static final int TEXT_LIMIT = 4_000;

    private static final int STEPS_LIMIT = 1_000_000;
    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Pattern pattern;

    private FilePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    static FilePattern of(JsonNode json) {
        if (json.path("String").isTextual()) {
            return new FilePattern(Pattern.compile(json.path("String").textValue(), Pattern.LITERAL));
        }
        return regex(json.path("Regex").asText("(?!)"));
    }

    static FilePattern regex(String regex) {
        try {
            return new FilePattern(regex.length() > PATTERN_LIMIT ? NOTHING : Pattern.compile(regex));
        } catch (PatternSyntaxException notUnderstood) {
            return new FilePattern(NOTHING);
        }
    }

    /** Begin and end of every match that is not empty. */
    List<int[]> matches(String text) {
        var matches = new ArrayList<int[]>();
        try {
            Matcher matcher = matcher(text);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    matches.add(new int[] {matcher.start(), matcher.end()});
                }
            }
            return matches;
        } catch (StepsExceeded | StackOverflowError hostile) {
            return List.of();
        }
    }

    /** The text as it is, where the result would be longer than {@link #TEXT_LIMIT}. */
    String replace(String text, String replacement) {
        List<int[]> matches = matches(text);
        if (text.length() + (long) matches.size() * replacement.length() > TEXT_LIMIT) {
            return text;
        }
        var replaced = new StringBuilder();
        int at = 0;
        for (int[] match : matches) {
            replaced.append(text, at, match[0]).append(replacement);
            at = match[1];
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private Matcher matcher(String text) {
        return pattern.matcher(new CountedText(text, new int[] {STEPS_LIMIT}));
    }

    /** A text that may be looked at so many times. */
    private record CountedText(String text, int[] left) implements CharSequence {

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (left[0]-- == 0) {
                throw new StepsExceeded();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class StepsExceeded extends RuntimeException {}
}
