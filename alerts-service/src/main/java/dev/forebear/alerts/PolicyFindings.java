package dev.forebear.alerts;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.alerts.readmodel.Ancestry;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.RefutedBases;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a policy finds in reports, by what a read model knows of their models. Nothing is written and nobody is told;
 * exceptions are not asked, because a finding is one whether or not somebody was let off. Thread-safe.
 */
public final class PolicyFindings {

    private final Policy policy;
    private final VersionTable versions;
    private final Ancestry ancestry;
    private final RefutedBases refuted;
    private final Instant now;

    /**
     * @param readModel nobody writes to it any more
     * @param now after whatever the read model knows was reported
     */
    public PolicyFindings(Policy policy, ReadModel readModel, Instant now) {
        this.policy = policy;
        this.versions = new VersionTable(readModel.queries());
        this.ancestry = Ancestry.ofWhatStays(readModel.queries());
        this.refuted = new RefutedBases(readModel.queries());
        this.now = now;
    }

    /** Of each report, in their order; some hundreds at a time cost the least. */
    public List<List<Finding>> of(Collection<LineageReport> reports) {
        Map<String, VersionTable.Version> known = versions.byId(
                reports.stream().map(LineageReport::getModelVersionId).toList());
        Function<LineageReport, List<Ancestor>> ancestors = ancestry.among(reports);
        return reports.stream()
                .map(report -> policy.findings(
                        subject(report, known.get(report.getModelVersionId()), ancestors.apply(report))))
                .toList();
    }

    /** Identity of the alert that a finding is, or would be. */
    public static String alertId(LineageReport report, Finding finding) {
        return AlertChanges.id(report, finding);
    }

    private Subject subject(LineageReport report, VersionTable.@Nullable Version version, List<Ancestor> ancestors) {
        return new Subject(
                report,
                version == null ? null : version.visibility(),
                version == null ? null : version.uploadedBy(),
                ancestors,
                refuted.of(report, now));
    }
}
