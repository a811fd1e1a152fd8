package dev.forebear.alerts.policy;

import dev.forebear.schemas.ModelVersionId;
import java.util.List;
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
        return (registry == null || registry.equals(model.registry()))
                && (models.isEmpty() || models.stream().anyMatch(pattern -> pattern.matches(model)));
    }
}
