package dev.forebear.alerts.access;

import java.util.regex.Pattern;

/** Ways of writing a path that nobody needs who means the path: what leads up again, and characters that end a text. */
final class PathTricks {

    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");
    private static final Pattern DOTS = Pattern.compile("\\.{1,2}(;.*)?");

    private PathTricks() {}

    /**
     * Whether a path is written so.
     *
     * @param path as it was sent, percent-encoded
     */
    static boolean isOneOf(String path) {
        String decoded = decoded(path);
        return decoded.chars().anyMatch(Character::isISOControl)
                || SEPARATORS
                        .splitAsStream(decoded)
                        .anyMatch(segment -> DOTS.matcher(segment).matches());
    }

    /** Decodes what is well encoded, byte by byte: only ASCII matters here. */
    private static String decoded(String path) {
        var decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (path.charAt(i) == '%' && high >= 0 && low >= 0 && high < 8) {
                decoded.append((char) (high * 16 + low));
                i += 2;
            } else {
                decoded.append(path.charAt(i));
            }
        }
        return decoded.toString();
    }
}
