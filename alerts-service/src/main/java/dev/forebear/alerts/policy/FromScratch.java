package dev.forebear.alerts.policy;

import dev.forebear.schemas.wire.DeclaredBase;
import java.util.Locale;
import java.util.Set;

/**
 * The claim that a model was made from nothing: where a base is declared stands {@code none}, {@code scratch} or the
 * like, or the relation says {@code from-scratch}, as it does for such tags of model cards. Prose is not read.
 */
public final class FromScratch {

    private static final Set<String> WORDS = Set.of(
            "none",
            "scratch",
            "from-scratch",
            "trained-from-scratch",
            "pretrained-from-scratch",
            "randomly-initialised",
            "randomly-initialized");

    private FromScratch() {}

    /** Whether what is declared is that there is no base. */
    public static boolean isClaim(DeclaredBase base) {
        return isWord(base.getName()) || base.getRelation() != null && isWord(base.getRelation());
    }

    private static boolean isWord(String text) {
        return WORDS.contains(text.strip().toLowerCase(Locale.ROOT).replaceAll("[ _]+", "-"));
    }
}
