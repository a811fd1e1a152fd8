package dev.forebear.alerts.api;

import org.jspecify.annotations.Nullable;

/**
 * A model version that descends from a model.
 *
 * @param through the step before
 * @param alerts alerts on the model that are not resolved
 */
record DescendantView(
        String id,
        String modelId,
        String registry,
        int depth,
        String through,
        String verdict,
        @Nullable String kind,
        @Nullable String detail,
        boolean declared,
        @Nullable Double log10EValue,
        String chance,
        @Nullable String licence,
        @Nullable String visibility,
        @Nullable String uploadedBy,
        @Nullable String receivedAt,
        @Nullable String deletedAt,
        @Nullable String team,
        int alerts,
        @Nullable String severity) {}
