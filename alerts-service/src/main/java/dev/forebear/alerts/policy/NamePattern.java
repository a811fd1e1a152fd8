package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.LineageMatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern for models: {@code *} stands for any characters, {@code ?} for one, case does not matter.
 *
 * @param text matched against the name ({@code quarry-ai/basalt-7b}), the model id ({@code hub/quarry-ai/basalt-7b})
 *     and the model version id ({@code hub/quarry-ai/basalt-7b@main})
 */
record NamePattern(String text, Pattern pattern) {

    /** Patterns are short; a longer one is a mistake and could be made slow to match. */
    private static final int MAX_LENGTH = 300;

    private static final int MAX_STARS = 5;

    static NamePattern of(String text) {
        if (text.length() > MAX_LENGTH || text.chars().filter(c -> c == '*').count() > MAX_STARS) {
            throw new IllegalArgumentException("expected a pattern of at most " + MAX_LENGTH
                    + " characters with at most " + MAX_STARS + " '*', found '" + text + "'");
        }
        String regex = text.chars().mapToObj(NamePattern::regex).collect(Collectors.joining());
        return new NamePattern(text, Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    boolean matches(LineageMatch match) {
        return matches(match.getName())
                || matches(match.getRegistry() + "/" + match.getName())
                || matches(match.getModelVersionId());
    }

    private boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    private static String regex(int character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf((char) character));
        };
    }
}
