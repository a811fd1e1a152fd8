package dev.forebear.alerts.delivery;

import java.util.regex.Pattern;

/**
 * What a channel answered, fit for logs: one line of ASCII, cut, and without what may be an address or a credential. A
 * server that refuses a request likes to repeat it.
 */
final class Detail {

    private static final int MAX_LENGTH = 120;
    private static final String HIDDEN = "[hidden]";
    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://\\S+|[^\\s<>\"]+@[^\\s<>\"]+");
    /** Longer than any word of an error, and as long as a token. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_/+=-]{28,}");

    private Detail() {}

    static String of(String answer) {
        String line =
                answer.substring(0, Math.min(answer.length(), 4 * MAX_LENGTH)).replaceAll("[^ -~]+", " ");
        String discreet = TOKEN.matcher(ADDRESS.matcher(line).replaceAll(HIDDEN))
                .replaceAll(HIDDEN)
                .strip();
        return discreet.substring(0, Math.min(discreet.length(), MAX_LENGTH));
    }
}
