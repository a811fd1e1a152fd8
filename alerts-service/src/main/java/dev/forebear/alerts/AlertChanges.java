package dev.forebear.alerts;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.AlertVersion;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Resolution;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the latest report on one version changes about the alerts of its model. Deciding on the same report again
 * changes nothing.
 */
final class AlertChanges {

    private static final Comparator<AlertVersion> EARLIEST_FOUND_FIRST =
            Comparator.comparing(AlertVersion::getFoundAt).thenComparing(AlertVersion::getModelVersionId);

    private final AlertLife life;
    private final String policyVersion;
    private final Predicate<LineageAlert> lifted;

    /** @param lifted whether what an alert is about is quarantined no more */
    AlertChanges(AlertLife life, String policyVersion, Predicate<LineageAlert> lifted) {
        this.life = life;
        this.policyVersion = policyVersion;
        this.lifted = lifted;
    }

    /**
     * Alerts to be written: new ones, and those whose words, versions or state changed.
     *
     * @param findings what the policy finds in the report
     * @param known alerts of the report's model, whatever their versions
     */
    List<LineageAlert> by(LineageReport report, List<Finding> findings, Collection<LineageAlert> known) {
        Map<String, LineageAlert> rest = new HashMap<>();
        known.forEach(alert -> rest.put(alert.getAlertId(), alert));
        List<LineageAlert> changes = new ArrayList<>();
        firstOfEach(report, findings).forEach((id, finding) -> {
            LineageAlert before = rest.remove(id);
            changed(before, life.settled(before, found(id, report, finding, before), Resolution.FINDING_GONE))
                    .forEach(changes::add);
        });
        // Not analysed refutes nothing, nor does a rule that failed; a quarantine ends by itself.
        Set<String> failed =
                findings.stream().filter(Finding::failed).map(Finding::rule).collect(Collectors.toSet());
        boolean refutes = report.getNotAnalysed() == null;
        rest.values().stream()
                .filter(alert -> lifted.test(alert) || refutes && !failed.contains(alert.getRule()))
                .flatMap(alert -> without(report.getModelVersionId()::equals, alert, whyGone(report, alert)))
                .forEach(changes::add);
        return changes;
    }

    /** Alerts to be written when versions were deleted: what nobody can use any more alarms nobody. */
    List<LineageAlert> deleted(Predicate<String> isDeleted, Collection<LineageAlert> known) {
        return known.stream()
                .flatMap(alert -> without(isDeleted, alert, Resolution.DELETED))
                .toList();
    }

    /** Alerts to be written because time has passed or exceptions have changed. */
    List<LineageAlert> settled(Collection<LineageAlert> known) {
        return known.stream()
                .flatMap(alert -> changed(alert, life.settled(alert)))
                .toList();
    }

    private static Stream<LineageAlert> changed(@Nullable LineageAlert before, LineageAlert after) {
        return after.equals(before) ? Stream.empty() : Stream.of(after);
    }

    /** Of several versions of one ancestor the finding that the policy names first. */
    private static Map<String, Finding> firstOfEach(LineageReport report, List<Finding> findings) {
        Map<String, Finding> first = new HashMap<>();
        for (Finding finding : findings) {
            Ancestor ancestor = finding.ancestor();
            String id =
                    AlertId.of(modelId(report), finding.rule(), ancestor == null ? null : modelId(ancestor.match()));
            first.putIfAbsent(id, finding);
        }
        return first;
    }

    /** Identity of the alert about a finding. */
    static String id(LineageReport report, Finding finding) {
        Ancestor ancestor = finding.ancestor();
        return AlertId.of(modelId(report), finding.rule(), ancestor == null ? null : modelId(ancestor.match()));
    }

    private Stream<LineageAlert> without(Predicate<String> versions, LineageAlert alert, Resolution why) {
        List<AlertVersion> left = alert.getVersions().stream()
                .filter(version -> !versions.test(version.getModelVersionId()))
                .toList();
        boolean open = alert.getState() != AlertState.RESOLVED;
        if (left.size() == alert.getVersions().size() && (!left.isEmpty() || !open)) {
            return Stream.empty();
        }
        LineageAlert facts = LineageAlert.newBuilder(alert).setVersions(left).build();
        return changed(alert, life.settled(alert, facts, why));
    }

    private static Resolution whyGone(LineageReport report, LineageAlert alert) {
        if (alert.getRule().equals(Policy.QUARANTINED_ANCESTOR)) {
            return Resolution.FINDING_GONE;
        }
        boolean declared = report.getMatches().stream()
                .anyMatch(match -> match.getDeclared()
                        && isProven(match.getVerdict())
                        && modelId(match).equals(alert.getBaseModelId()));
        return declared ? Resolution.DECLARED : Resolution.FINDING_GONE;
    }

    private static boolean isProven(Verdict verdict) {
        return switch (verdict) {
            case SAME_WEIGHTS, DERIVED -> true;
            case SHARES_AN_ANCESTOR, SHARED_INITIALISATION_OR_LINEAGE, NO_EVIDENCE, NOT_COMPARABLE -> false;
        };
    }

    private LineageAlert found(String id, LineageReport report, Finding finding, @Nullable LineageAlert before) {
        List<AlertVersion> versions = versions(report, before);
        boolean latest = versions.getLast().getModelVersionId().equals(report.getModelVersionId());
        if (before != null && !latest && has(versions, before.getDerivedModelVersionId())) {
            // A later version gives the words.
            return LineageAlert.newBuilder(before).setVersions(versions).build();
        }
        LineageAlert.Builder facts = before == null ? opened() : LineageAlert.newBuilder(before);
        facts.setAlertId(id);
        facts.setVersions(versions);
        facts.setPolicyVersion(policyVersion);
        describe(facts, report, finding);
        return facts.build();
    }

    private LineageAlert.Builder opened() {
        return LineageAlert.newBuilder()
                .setState(AlertState.OPEN)
                .setOpenedAt(life.now())
                .setUpdatedAt(life.now());
    }

    private static void describe(LineageAlert.Builder alert, LineageReport report, Finding finding) {
        alert.setRule(finding.rule());
        alert.setSeverity(finding.severity());
        alert.setTitle(finding.title());
        alert.setExplanation(finding.explanation());
        alert.setReportId(report.getReportId());
        alert.setDerivedModelVersionId(report.getModelVersionId());
        alert.setDerivedModelId(modelId(report));
        alert.setCorrelationId(report.getCorrelationId());
        alert.setTeam(finding.placement().team());
        alert.setExposure(finding.placement().exposure().word());
        alert.setBaseFamily(finding.origin() == null ? null : finding.origin().family());
        alert.setBasePublisher(
                finding.origin() == null ? null : finding.origin().publisher());
        describe(alert, finding.ancestor());
    }

    private static void describe(LineageAlert.Builder alert, @Nullable Ancestor ancestor) {
        LineageMatch match = ancestor == null ? null : ancestor.match();
        alert.setBaseModelVersionId(match == null ? null : match.getModelVersionId());
        alert.setBaseModelId(match == null ? null : modelId(match));
        alert.setBaseLicence(match == null ? null : match.getLicence());
        alert.setVerdict(match == null ? Verdict.NO_EVIDENCE : match.getVerdict());
        alert.setLog10EValue(match == null ? 0 : match.getLog10EValue());
        alert.setRelation(
                match == null || match.getRelation() == null
                        ? null
                        : match.getRelation().getKind());
        alert.setDepth(ancestor == null ? 0 : ancestor.depth());
    }

    private static List<AlertVersion> versions(LineageReport report, @Nullable LineageAlert before) {
        Instant foundAt = report.getReportedAt();
        var version = new AlertVersion(report.getModelVersionId(), report.getReportId(), foundAt);
        Stream<AlertVersion> others = before == null
                ? Stream.empty()
                : before.getVersions().stream()
                        .filter(other -> !other.getModelVersionId().equals(report.getModelVersionId()));
        return Stream.concat(others, Stream.of(version))
                .sorted(EARLIEST_FOUND_FIRST)
                .toList();
    }

    private static boolean has(List<AlertVersion> versions, String modelVersionId) {
        return versions.stream().anyMatch(version -> version.getModelVersionId().equals(modelVersionId));
    }

    private static String modelId(LineageReport report) {
        return report.getRegistry() + "/" + report.getName();
    }

    private static String modelId(LineageMatch match) {
        return ModelVersionId.parse(match.getModelVersionId()).modelId();
    }
}
