package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which model versions somebody asks for; all of it must hold. */
record ModelFilter(
        @Nullable SearchText query,
        List<String> registries,
        List<String> progress,
        List<String> reasons,
        List<String> licences,
        @Nullable Boolean proven,
        @Nullable Boolean undeclared,
        @Nullable Boolean deleted) {

    private static final List<String> PROGRESS = List.of("received", "fingerprinted", "analysed", "not-analysed");
    private static final int MAX_QUERY = 200;

    static ModelFilter of(Parameters parameters) {
        return new ModelFilter(
                SearchText.of(parameters.text("query", MAX_QUERY)),
                parameters.texts("registry"),
                parameters.choices("progress", PROGRESS),
                parameters.texts("reason"),
                parameters.texts("licence"),
                parameters.flag("proven"),
                parameters.flag("undeclared"),
                parameters.flag("deleted"));
    }

    Conditions conditions() {
        return conditionsBut("");
    }

    /** All but the filter of that name. */
    Conditions conditionsBut(String name) {
        var conditions = new Conditions()
                .in("model_version.registry", name.equals("registry") ? List.of() : registries)
                .in("model_version.progress", name.equals("progress") ? List.of() : progress)
                .in("model_version.not_analysed_reason", name.equals("reason") ? List.of() : reasons)
                .in("model_version.licence", name.equals("licence") ? List.of() : licences)
                .is("model_version.undeclared", undeclared)
                .has("model_version.deleted_at", deleted);
        if (proven != null) {
            // As the index says it.
            conditions.and("(model_version.proven > 0) = " + (proven ? 1 : 0));
        }
        if (query != null) {
            query.models("model_version.model_id", conditions);
        }
        return conditions;
    }
}
