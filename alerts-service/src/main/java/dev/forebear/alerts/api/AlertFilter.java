package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which alerts somebody asks for; all of it must hold. */
record AlertFilter(
        List<String> states,
        List<String> severities,
        List<String> rules,
        @Nullable String ancestor,
        @Nullable String derived,
        List<String> teams,
        List<String> registries,
        @Nullable SearchText query) {

    private static final int MAX_ID = 1_500;
    private static final int MAX_QUERY = 200;

    /** What a search looks through. */
    private static final String TEXT = "(alert.title || ' ' || alert.id || ' ' || coalesce(alert.base_licence, ''))";

    static AlertFilter of(Parameters parameters) {
        return new AlertFilter(
                parameters.choices("state", States.WORDS),
                parameters.choices("severity", Severities.WORDS),
                parameters.texts("rule"),
                parameters.text("ancestor", MAX_ID),
                parameters.text("derived", MAX_ID),
                parameters.texts("team"),
                parameters.texts("registry"),
                SearchText.of(parameters.text("query", MAX_QUERY)));
    }

    Conditions conditions() {
        return conditionsBut("");
    }

    /** All but the filter of that name. */
    Conditions conditionsBut(String name) {
        var conditions = new Conditions()
                .in("alert.state", name.equals("state") ? List.of() : states)
                .in("alert.severity", name.equals("severity") ? List.of() : severities)
                .in("alert.rule", name.equals("rule") ? List.of() : rules)
                .is("alert.base_model_id", ancestor)
                .is("alert.derived_model_id", derived)
                .in("alert.team", name.equals("team") ? List.of() : teams)
                .in("alert.registry", name.equals("registry") ? List.of() : registries);
        if (query != null) {
            query.in(TEXT, conditions);
        }
        return conditions;
    }
}
