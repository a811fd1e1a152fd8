package dev.forebear.cli.console;

import java.util.regex.Pattern;

/** Text that cannot steer a terminal: names of tensors and models come from strangers. */
final class Printable {

    // Line ends and the styles of this program stay; other control characters and those that reorder text do not.
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\u2028\u2029&&[^\n\u001b]]|\u001b(?!\\[(?:0|1|2|31|32|33|36)m)");

    private Printable() {}

    static String of(String text) {
        return STEERING.matcher(text).replaceAll("\ufffd");
    }

    /** Number of characters that it takes on a terminal; styles take none. */
    static int width(String text) {
        String bare = text.replaceAll("\u001b\\[[0-9]+m", "");
        return bare.codePointCount(0, bare.length());
    }
}
