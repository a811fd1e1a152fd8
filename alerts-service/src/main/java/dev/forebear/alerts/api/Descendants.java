package dev.forebear.alerts.api;

import dev.forebear.alerts.policy.Chance;
import dev.forebear.alerts.readmodel.ProvenFamily.Member;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the tables know of those who descend from somebody, beyond the graph. */
final class Descendants {

    private static final String FACTS = """
        SELECT step.derived_id, step.verdict, step.relation, step.relation_detail, step.declared, step.log10_e_value,
            version.licence, version.visibility, version.uploaded_by, version.received_at, version.deleted_at,
            (SELECT count(*) FROM alert
             WHERE alert.derived_model_id = version.model_id AND alert.state <> 'resolved') AS alerts,
            (SELECT max(alert.severity_rank) FROM alert
             WHERE alert.derived_model_id = version.model_id AND alert.state <> 'resolved') AS alerts_rank
        FROM json_each(:pairs) AS asked
        CROSS JOIN match AS step ON step.derived_id = asked.value ->> 0 AND step.base_id = asked.value ->> 1
        CROSS JOIN model_version AS version ON version.id = step.derived_id\
        """;

    private static final String TEAMS = """
        SELECT derived_model_id, team, max(updated_at)
        FROM json_each(:ids) AS asked CROSS JOIN alert ON alert.derived_model_id = asked.value
        WHERE team IS NOT NULL GROUP BY derived_model_id\
        """;

    private Descendants() {}

    /** Teams that the policy gives models to, by model; of models without an alert nothing is known. */
    static Map<String, String> teams(Handle handle, List<Member> members) {
        Map<String, String> teams = new HashMap<>();
        handle.createQuery(TEAMS)
                .bind(
                        "ids",
                        Json.array(
                                members.stream().map(Member::modelId).distinct().toList()))
                .map((set, context) -> Map.entry(set.getString("derived_model_id"), set.getString("team")))
                .forEach(entry -> teams.put(entry.getKey(), entry.getValue()));
        return teams;
    }

    /** Who is gone since, or descends otherwise, is left out. */
    static List<DescendantView> views(Handle handle, List<Member> members) {
        Map<String, String> teams = teams(handle, members);
        Map<String, Member> asked = new HashMap<>();
        members.forEach(member -> asked.put(member.id(), member));
        return handle.createQuery(FACTS)
                .bind(
                        "pairs",
                        Json.arrays(members.stream()
                                .map(member ->
                                        List.of(member.id(), member.through().baseId()))
                                .toList()))
                .map((set, context) -> {
                    var row = new Row(set);
                    Member member = Objects.requireNonNull(asked.get(row.text("derived_id")));
                    return view(member, teams.get(member.modelId()), row);
                })
                .list();
    }

    private static DescendantView view(Member member, @Nullable String team, Row row) throws SQLException {
        Long rank = row.numberOrNull("alerts_rank");
        return new DescendantView(
                member.id(),
                member.modelId(),
                member.registry(),
                member.depth(),
                member.through().baseId(),
                row.text("verdict"),
                row.textOrNull("relation"),
                row.textOrNull("relation_detail"),
                row.flag("declared"),
                row.decimalOrNull("log10_e_value"),
                Chance.words(row.decimal("log10_e_value")),
                row.textOrNull("licence"),
                row.textOrNull("visibility"),
                row.textOrNull("uploaded_by"),
                row.timeOrNull("received_at"),
                row.timeOrNull("deleted_at"),
                team,
                row.small("alerts"),
                rank == null ? null : Severities.word(rank.intValue()));
    }
}
