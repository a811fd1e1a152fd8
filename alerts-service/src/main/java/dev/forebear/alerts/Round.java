package dev.forebear.alerts;

import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is decided together, with one policy, before any of it is written: what was decided on one report is known to
 * the next. Not thread-safe.
 */
final class Round {

    private final Policy policy;
    private final AlertChanges changes;
    private final Map<String, Map<String, LineageAlert>> byModel = new HashMap<>();
    private final Map<String, LineageAlert> changed = new LinkedHashMap<>();
    private final Map<String, LineageAlert> before = new HashMap<>();
    private final Set<String> found = new HashSet<>();
    private final Set<String> unworded = new HashSet<>();

    /** @param lifted whether what an alert is about is quarantined no more */
    Round(Policy policy, AlertLife life, Collection<LineageAlert> known, Predicate<LineageAlert> lifted) {
        this.policy = policy;
        this.changes = new AlertChanges(life, policy.version(), lifted);
        known.forEach(alert -> {
            know(alert);
            before.put(alert.getAlertId(), alert);
        });
    }

    Policy policy() {
        return policy;
    }

    /** Decides on a report, of which the policy finds this. */
    void found(LineageReport report, List<Finding> findings, Predicate<String> rules) {
        String modelId = report.getRegistry() + "/" + report.getName();
        List<LineageAlert> known = of(modelId).stream()
                .filter(alert -> rules.test(alert.getRule()))
                .toList();
        change(changes.by(report, findings, known));
        for (Finding finding : findings) {
            found.add(AlertChanges.id(report, finding));
        }
    }

    /** Decides on versions that are deleted. */
    void deleted(Collection<String> modelIds, Predicate<String> isDeleted) {
        modelIds.forEach(modelId -> change(changes.deleted(isDeleted, of(modelId))));
    }

    /** Decides anew on all alerts, of which only the time or the exceptions have changed. */
    void settle() {
        byModel.values().stream().map(Map::values).map(List::copyOf).forEach(alerts -> change(changes.settled(alerts)));
    }

    /** An alert as it is decided so far; null when it is not known. */
    @Nullable
    LineageAlert alert(String alertId, String modelId) {
        return byModel.getOrDefault(modelId, Map.of()).get(alertId);
    }

    /** Takes note of an alert that was changed. */
    void changed(LineageAlert alert) {
        change(List.of(alert));
    }

    /** Alerts to be written, each in its last state. */
    Collection<LineageAlert> changed() {
        return changed.values();
    }

    /** Alerts as they were before anything was decided, by their ids. */
    Map<String, LineageAlert> before() {
        return before;
    }

    /** Alerts that a report has the finding of, in their last state. */
    List<LineageAlert> found() {
        return byModel.values().stream()
                .flatMap(alerts -> alerts.values().stream())
                .filter(alert -> found.contains(alert.getAlertId()))
                .toList();
    }

    /** Versions whose words an alert must take, because the version that gave them has the finding no more. */
    Set<String> unworded() {
        return unworded;
    }

    private void change(List<LineageAlert> alerts) {
        for (LineageAlert alert : alerts) {
            know(alert);
            changed.put(alert.getAlertId(), alert);
            List<AlertVersion> versions = alert.getVersions();
            boolean worded = versions.stream()
                    .anyMatch(version -> version.getModelVersionId().equals(alert.getDerivedModelVersionId()));
            if (!worded && !versions.isEmpty()) {
                unworded.add(versions.getLast().getModelVersionId());
            }
        }
    }

    private void know(LineageAlert alert) {
        byModel.computeIfAbsent(alert.getDerivedModelId(), id -> new LinkedHashMap<>())
                .put(alert.getAlertId(), alert);
    }

    private Collection<LineageAlert> of(String modelId) {
        return byModel.getOrDefault(modelId, Map.of()).values();
    }
}
