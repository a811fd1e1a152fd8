package dev.forebear.checkpoint.tokenizer;

import java.util.ArrayList;
import java.util.List;

/** A part of a word, and whether it is a delimiter. */
record Segment(String text, boolean delimiter) {

    /** A word cut at its matches, which are the delimiters; with {@code invert} what lies between them is. */
    static List<Segment> of(String word, List<int[]> matches, boolean invert) {
        var segments = new ArrayList<Segment>();
        int at = 0;
        for (int[] match : matches) {
            if (match[0] > at) {
                segments.add(new Segment(word.substring(at, match[0]), invert));
            }
            segments.add(new Segment(word.substring(match[0], match[1]), !invert));
            at = match[1];
        }
        if (at < word.length()) {
            segments.add(new Segment(word.substring(at), invert));
        }
        return segments;
    }
}
