package dev.forebear.alerts.policy;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.LineageReport;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives the models that fit it to a team, an owner, an exposure; null for what it leaves to others.
 *
 * @param models empty for all
 * @param registry null for all
 */
record Assignment(
        List<NamePattern> models,
        @Nullable String registry,
        @Nullable String team,
        @Nullable Exposure exposure,
        @Nullable String owner) {

    Assignment {
        models = List.copyOf(models);
    }

    boolean fits(ModelVersionId model) {
        return fits(model.registry(), pattern -> pattern.matches(model));
    }

    /** A report may carry a name that is no legal one. */
    boolean fits(LineageReport report) {
        return fits(report.getRegistry(), pattern -> pattern.matches(report));
    }

    private boolean fits(String ofModel, Predicate<NamePattern> matches) {
        return (registry == null || registry.equals(ofModel))
                && (models.isEmpty() || models.stream().anyMatch(matches));
    }
}
