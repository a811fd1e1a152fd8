package dev.forebear.alerts.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** What all filters but the words say. */
    Conditions conditions(Conditions values) {
        return unchosen(values)
                .in("model_version.registry", registries)
                .in("model_version.progress", progress)
                .in("model_version.not_analysed_reason", reasons)
                .in("model_version.licence", licences);
    }

    /** The filters of which one or several values are chosen, by their names. */
    Map<String, List<String>> chosen() {
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        chosen.put("registry", registries);
        chosen.put("progress", progress);
        chosen.put("reason", reasons);
        chosen.put("licence", licences);
        return chosen;
    }

    /** What the other filters say, but for the words. */
    Conditions unchosen(Conditions values) {
        Conditions conditions = new Conditions()
                .withValuesOf(values)
                .is("model_version.undeclared", undeclared)
                .has("model_version.deleted_at", deleted);
        if (proven != null) {
            // As the index says it.
            conditions.and("(model_version.proven > 0) = " + (proven ? 1 : 0));
        }
        return conditions;
    }
}
