package dev.forebear.alerts.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family of models that its makers published together.
 *
 * @param models patterns of the names that they publish it under
 * @param country ISO 3166-1 alpha-2; null when not publicly certain
 * @param released year of the first release; 0 when not said
 */
record Family(
        String name, @Nullable String publisher, @Nullable String country, int released, List<NamePattern> models) {

    Family {
        models = List.copyOf(models);
    }

    /** Whether a model with this name, or this id, is of the family; both in lower case. */
    boolean includes(String name, String id) {
        return models.stream().anyMatch(model -> model.matchesFolded(name) || model.matchesFolded(id));
    }
}
