package dev.forebear.alerts.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the API writes things: times are ISO-8601 in UTC, words of closed choices lower case with hyphens, missing things
 * null, and numbers that JSON cannot write null, too.
 */
final class Json {

    private Json() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
