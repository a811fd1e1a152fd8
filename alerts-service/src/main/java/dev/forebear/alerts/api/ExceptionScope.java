package dev.forebear.alerts.api;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much an exception covers. */
enum ExceptionScope {
    VERSION,
    MODEL,
    MODEL_AND_ANCESTOR,
    RULE;

    static final List<String> WORDS =
            Arrays.stream(values()).map(ExceptionScope::word).toList();

    /** The narrowest that names these. */
    static ExceptionScope of(@Nullable String derived, @Nullable String version, @Nullable String base) {
        if (derived == null) {
            return RULE;
        }
        if (version != null) {
            return VERSION;
        }
        return base == null ? MODEL : MODEL_AND_ANCESTOR;
    }

    static ExceptionScope parse(String word) {
        return values()[WORDS.indexOf(word)];
    }

    String word() {
        return Json.word(this);
    }
}
