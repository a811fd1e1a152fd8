package dev.forebear.alerts.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a check says of a model version.
 *
 * @param ancestor what it is about; null when it is about the model alone
 * @param title headline for people, one line
 * @param explanation why, in two or three sentences
 * @param weight how much it weighs against what the rule's severity stands for
 */
record Hit(@Nullable Ancestor ancestor, String title, String explanation, Weight weight) {

    enum Weight {
        FULL,
        /** One severity below that of the rule. */
        LESSER,
        /** The rule could not be evaluated. */
        FAILED
    }

    Hit(@Nullable Ancestor ancestor, String title, String explanation) {
        this(ancestor, title, explanation, Weight.FULL);
    }
}
