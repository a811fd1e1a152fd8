package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that descends from a model, or that it descends from.
 *
 * @param id what was asked for: model id, or model version id
 * @param version null when all versions were asked for
 * @param known whether anything but declarations tells of it
 * @param quarantines of the model and its versions, that hold
 * @param found how many there are, however far, proven or not
 * @param proven of them, those that are proven on every step of the way
 * @param models that those found are versions of
 * @param truncated whether there are more, which were not looked for
 * @param items of those found, what was asked for: the nearest first
 */
record FamilyView(
        String id,
        String modelId,
        @Nullable String version,
        boolean known,
        List<QuarantineView> quarantines,
        int found,
        long proven,
        long models,
        boolean truncated,
        List<RelativeView> items) {}
