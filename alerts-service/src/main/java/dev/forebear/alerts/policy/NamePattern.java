package dev.forebear.alerts.policy;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import java.util.Locale;

/**
 * A pattern for models: {@code *} stands for any characters, {@code ?} for one, case does not matter. Matching takes at
 * most the product of both lengths, whoever wrote them.
 *
 * @param text matched against the name ({@code quarry-ai/basalt-7b}), the model id ({@code hub/quarry-ai/basalt-7b})
 *     and the model version id ({@code hub/quarry-ai/basalt-7b@main})
 * @param folded the same in lower case
 */
public record NamePattern(String text, String folded) {

    /** Patterns are short; a longer one is a mistake. */
    private static final int MAX_LENGTH = 300;

    private static final int MAX_STARS = 5;

    /** @throws IllegalArgumentException when it is too long, or has too many stars */
    public static NamePattern of(String text) {
        if (text.length() > MAX_LENGTH || text.chars().filter(c -> c == '*').count() > MAX_STARS) {
            throw new IllegalArgumentException("expected a pattern of at most " + MAX_LENGTH
                    + " characters with at most " + MAX_STARS + " '*', found '" + text + "'");
        }
        return new NamePattern(text, text.toLowerCase(Locale.ROOT));
    }

    boolean matches(LineageMatch match) {
        return matches(match.getRegistry(), match.getName(), match.getModelVersionId());
    }

    boolean matches(LineageReport report) {
        return matches(report.getRegistry(), report.getName(), report.getModelVersionId());
    }

    /** Whether it fits a model version by any of its names. */
    public boolean matches(ModelVersionId model) {
        return matches(model.registry(), model.name(), model.toString());
    }

    private boolean matches(String registry, String name, String modelVersionId) {
        return matches(name) || matches(registry + "/" + name) || matches(modelVersionId);
    }

    boolean matches(String name) {
        return matchesFolded(name.toLowerCase(Locale.ROOT));
    }

    /** The same for a name in lower case. */
    boolean matchesFolded(String name) {
        return matches(folded, name);
    }

    /** Where a letter does not fit, the last star takes one more. */
    private static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int taken = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                taken = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
