package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the tables know of those who descend from somebody, beyond the graph. */
final class Descendants {

    private static final String MORE = """
        SELECT model_version.id, model_version.uploaded_by, match.relation_detail,
            (SELECT max(alert.severity_rank) FROM alert
             WHERE alert.derived_model_id = model_version.model_id AND alert.state <> 'resolved') AS alerts_rank
        FROM json_each(:pairs) AS asked
        JOIN model_version ON model_version.id = asked.value ->> 0
        LEFT JOIN match ON match.derived_id = model_version.id AND match.base_id = asked.value ->> 1\
        """;

    private static final String TEAMS = """
        SELECT derived_model_id, team, max(updated_at) FROM alert
        WHERE team IS NOT NULL AND derived_model_id IN (SELECT value FROM json_each(:ids))
        GROUP BY derived_model_id\
        """;

    private Descendants() {}

    /** Teams that the policy gives models to, by model; of models without an alert nothing is known. */
    static Map<String, String> teams(Handle handle, List<Family.Member> members) {
        Map<String, String> teams = new HashMap<>();
        handle.createQuery(TEAMS)
                .bind(
                        "ids",
                        Json.array(members.stream()
                                .map(member -> member.node().modelId())
                                .distinct()
                                .toList()))
                .map((set, context) -> Map.entry(set.getString("derived_model_id"), set.getString("team")))
                .forEach(entry -> teams.put(entry.getKey(), entry.getValue()));
        return teams;
    }

    static List<DescendantView> views(Handle handle, List<Family.Member> members) {
        Map<String, String> teams = teams(handle, members);
        Map<String, More> more = new HashMap<>();
        handle.createQuery(MORE)
                .bind(
                        "pairs",
                        Json.arrays(members.stream()
                                .map(member ->
                                        List.of(member.id(), member.through().baseId()))
                                .toList()))
                .map((set, context) -> More.of(new Row(set)))
                .forEach(each -> more.put(each.id, each));
        return members.stream()
                .map(member -> view(
                        member,
                        teams.get(member.node().modelId()),
                        Objects.requireNonNullElse(more.get(member.id()), More.NONE)))
                .toList();
    }

    private static DescendantView view(Family.Member member, @Nullable String team, More more) {
        var node = member.node();
        var step = member.through();
        return new DescendantView(
                member.id(),
                node.modelId(),
                AncestorRoutes.registry(member),
                member.depth(),
                step.baseId(),
                step.verdict(),
                step.relation(),
                more.detail,
                step.declared(),
                Json.number(step.log10EValue()),
                Chance.words(step.log10EValue()),
                node.licence(),
                node.visibility(),
                more.uploadedBy,
                Json.time(node.receivedAt()),
                Json.time(node.deletedAt()),
                team,
                node.openAlerts(),
                more.severity);
    }

    private record More(
            String id,
            @Nullable String uploadedBy,
            @Nullable String detail,
            @Nullable String severity) {

        static final More NONE = new More("", null, null, null);

        static More of(Row row) throws SQLException {
            Long rank = row.numberOrNull("alerts_rank");
            return new More(
                    row.text("id"),
                    row.textOrNull("uploaded_by"),
                    row.textOrNull("relation_detail"),
                    rank == null ? null : Severities.word(rank.intValue()));
        }
    }
}
