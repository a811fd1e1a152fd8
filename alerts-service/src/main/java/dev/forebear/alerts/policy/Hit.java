package dev.forebear.alerts.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a check says of a model version.
 *
 * @param ancestor what it is about; null when it is about the model alone
 * @param title headline for people, one line
 * @param explanation why, in two or three sentences
 */
record Hit(@Nullable Ancestor ancestor, String title, String explanation) {}
