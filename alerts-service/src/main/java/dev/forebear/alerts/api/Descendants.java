package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.schemas.ModelVersionId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the tables know of those who descend from somebody. */
final class Descendants {

    private static final String FACTS =
            """
            SELECT model_version.*,
                (SELECT team FROM alert
                 WHERE alert.derived_model_id = model_version.model_id AND alert.team IS NOT NULL
                 ORDER BY alert.updated_at DESC LIMIT 1) AS team,
                (SELECT count(*) FROM alert
                 WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts,
                (SELECT max(alert.severity_rank) FROM alert
                 WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts_rank
            FROM json_each(:ids) AS asked JOIN model_version ON model_version.id = asked.value""";

    private Descendants() {}

    /**
     * What is known of a model version.
     *
     * @param severity of the most severe alert on the model that is not resolved
     */
    record Facts(
            String modelId,
            String registry,
            @Nullable String licence,
            @Nullable String visibility,
            @Nullable String uploadedBy,
            @Nullable String receivedAt,
            @Nullable String deletedAt,
            boolean undeclared,
            @Nullable String team,
            int alerts,
            @Nullable String severity) {

        private static Facts of(Row row) throws SQLException {
            Long rank = row.numberOrNull("alerts_rank");
            return new Facts(
                    row.text("model_id"),
                    row.text("registry"),
                    row.textOrNull("licence"),
                    row.textOrNull("visibility"),
                    row.textOrNull("uploaded_by"),
                    row.timeOrNull("received_at"),
                    row.timeOrNull("deleted_at"),
                    row.flag("undeclared"),
                    row.textOrNull("team"),
                    row.small("alerts"),
                    rank == null ? null : Severities.word(rank.intValue()));
        }

        static Facts none(String id) {
            ModelVersionId parsed = ModelVersionId.parse(id);
            return new Facts(
                    parsed.modelId(), parsed.registry(), null, null, null, null, null, false, null, 0, null);
        }
    }

    /** Facts of those who are known, by id; of others what their ids tell. */
    static Map<String, Facts> facts(Handle handle, Collection<String> ids) {
        Map<String, Facts> facts = new HashMap<>();
        handle.createQuery(FACTS)
                .bind("ids", Json.array(ids))
                .map((set, context) -> Map.entry(set.getString("id"), Facts.of(new Row(set))))
                .forEach(entry -> facts.put(entry.getKey(), entry.getValue()));
        ids.forEach(id -> facts.computeIfAbsent(id, Facts::none));
        return facts;
    }

    static List<DescendantView> views(List<Kin.Relative> relatives, Map<String, Facts> facts) {
        return relatives.stream()
                .map(relative -> view(relative, facts.getOrDefault(relative.id(), Facts.none(relative.id()))))
                .toList();
    }

    private static DescendantView view(Kin.Relative relative, Facts facts) {
        Step step = relative.through();
        return new DescendantView(
                relative.id(),
                facts.modelId,
                facts.registry,
                relative.depth(),
                step.base(),
                step.verdict(),
                step.kind(),
                step.detail(),
                step.declared(),
                Json.number(step.log10EValue()),
                Chance.words(step.log10EValue()),
                facts.licence,
                facts.visibility,
                facts.uploadedBy,
                facts.receivedAt,
                facts.deletedAt,
                facts.team,
                facts.alerts,
                facts.severity);
    }
}
