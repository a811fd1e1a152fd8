package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.readmodel.FamilyTree.Direction;
import dev.forebear.alerts.readmodel.FamilyTree.Member;
import dev.forebear.alerts.readmodel.Quarantines.Quarantine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Whom quarantines concern, held against the alerts that there are. Thread-safe. */
public final class QuarantineEffects {

    private static final String VERSIONS = """
        SELECT id FROM model_version WHERE model_id = :model AND (:version IS NULL OR version = :version)
        UNION SELECT base_id FROM match WHERE base_model_id = :model AND (:version IS NULL OR base_id = :id)
        """;
    private static final String SETTLED = """
        SELECT v.model_version_id FROM alert a CROSS JOIN alert_version v ON v.alert_id = a.id
        WHERE a.rule = :rule AND a.base_model_id = :model
        UNION SELECT id FROM model_version WHERE deleted_at IS NOT NULL
        """;
    private static final String LIFTED = """
        SELECT v.model_version_id FROM alert a CROSS JOIN alert_version v ON v.alert_id = a.id
        WHERE a.rule = :rule AND (a.state <> 'resolved' OR a.exception_id IS NOT NULL)
            AND a.base_model_id IN (SELECT model_id FROM quarantine WHERE lifted_at IS NOT NULL)
        """;

    private final Jdbi queries;

    public QuarantineEffects(Jdbi queries) {
        this.queries = queries;
    }

    /** Whether anything is quarantined or was once. */
    public boolean isAnythingQuarantined() {
        return queries.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM quarantine)")
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Model versions that descend from what is quarantined and have no alert of a rule about it, and those that have
     * one about what was quarantined and may be no more.
     */
    public Set<String> undecided(String rule) {
        return queries.inTransaction(handle -> {
            Set<String> undecided = new HashSet<>(handle.createQuery(LIFTED)
                    .bind("rule", rule)
                    .mapTo(String.class)
                    .list());
            Quarantines.of(handle)
                    .all()
                    .forEach(quarantine -> undecided.addAll(withoutAlert(handle, quarantine, rule)));
            return undecided;
        });
    }

    private static Set<String> withoutAlert(Handle handle, Quarantine quarantine, String rule) {
        List<String> versions = handle.createQuery(VERSIONS)
                .bind("model", quarantine.modelId())
                .bind("version", quarantine.version())
                .bind("id", quarantine.id())
                .mapTo(String.class)
                .list();
        List<String> starts = versions.isEmpty() && quarantine.version() != null ? List.of(quarantine.id()) : versions;
        Set<String> concerned = new HashSet<>(starts);
        FamilyTrees.of(handle, quarantine.modelId(), starts, Direction.DESCENDANTS).members().stream()
                .map(Member::id)
                .forEach(concerned::add);
        handle.createQuery(SETTLED)
                .bind("rule", rule)
                .bind("model", quarantine.modelId())
                .mapTo(String.class)
                .forEach(concerned::remove);
        return concerned;
    }
}
