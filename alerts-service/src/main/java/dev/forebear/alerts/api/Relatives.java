package dev.forebear.alerts.api;

import dev.forebear.alerts.api.RelativeView.StepView;
import dev.forebear.alerts.policy.Placement;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.FamilyTree.Member;
import dev.forebear.alerts.readmodel.OpenAlerts;
import dev.forebear.schemas.ModelVersionId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the tables and the policy know of the members of a family, beyond the steps. */
final class Relatives {

    private static final String FACTS = """
        SELECT v.id, v.licence, v.progress, v.visibility, v.uploaded_by, v.uploaded_at, v.received_at, v.deleted_at
        FROM json_each(:ids) j CROSS JOIN model_version v ON v.id = j.value\
        """;

    private Relatives() {}

    static List<RelativeView> views(Handle handle, Policy policy, Collection<Member> members) {
        Map<String, Facts> facts = new HashMap<>();
        handle.createQuery(FACTS)
                .bind("ids", Json.array(members.stream().map(Member::id).toList()))
                .map((set, context) -> Facts.of(new Row(set)))
                .forEach(each -> facts.put(each.id, each));
        Map<String, OpenAlerts> alerts = OpenAlerts.of(
                handle,
                members.stream().map(Member::modelId).filter(Objects::nonNull).collect(Collectors.toSet()));
        Set<String> quarantined = new HashSet<>(handle.createQuery("SELECT id FROM quarantine WHERE lifted_at IS NULL")
                .mapTo(String.class)
                .list());
        return members.stream()
                .map(member -> {
                    Facts known = facts.get(member.id());
                    OpenAlerts open = known == null ? null : alerts.get(member.modelId());
                    return view(
                            member,
                            Objects.requireNonNullElse(known, Facts.NONE),
                            Objects.requireNonNullElse(open, OpenAlerts.NONE),
                            policy,
                            quarantined.contains(member.id()) || quarantined.contains(member.modelId()));
                })
                .toList();
    }

    private static RelativeView view(
            Member member, Facts facts, OpenAlerts alerts, Policy policy, boolean quarantined) {
        List<StepView> steps = member.steps().stream().map(StepView::of).toList();
        ModelVersionId id = member.modelId() == null ? null : ModelVersionId.parse(member.id());
        Placement placement = id == null ? null : policy.placement(id, facts.visibility);
        return new RelativeView(
                member.id(),
                member.modelId(),
                id == null ? null : id.registry(),
                id != null,
                member.depth(),
                member.through(),
                member.proven(),
                steps.getFirst().evidence(),
                steps,
                placement == null ? null : placement.team(),
                placement == null ? null : placement.owner(),
                placement == null ? null : placement.exposure().word(),
                facts.visibility,
                facts.uploadedBy,
                facts.uploadedAt,
                facts.receivedAt,
                facts.deletedAt,
                facts.licence,
                facts.progress,
                alerts.count(),
                alerts.worstRank() == null ? null : Severities.word(alerts.worstRank()),
                quarantined);
    }

    private record Facts(
            String id,
            @Nullable String licence,
            @Nullable String progress,
            @Nullable String visibility,
            @Nullable String uploadedBy,
            @Nullable String uploadedAt,
            @Nullable String receivedAt,
            @Nullable String deletedAt) {

        static final Facts NONE = new Facts("", null, null, null, null, null, null, null);

        static Facts of(Row row) throws SQLException {
            return new Facts(
                    row.text("id"),
                    row.textOrNull("licence"),
                    row.textOrNull("progress"),
                    row.textOrNull("visibility"),
                    row.textOrNull("uploaded_by"),
                    row.timeOrNull("uploaded_at"),
                    row.timeOrNull("received_at"),
                    row.timeOrNull("deleted_at"));
        }
    }
}
