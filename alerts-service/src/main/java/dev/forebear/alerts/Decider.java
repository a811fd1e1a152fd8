package dev.forebear.alerts;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.policy.Subject;
import dev.forebear.alerts.readmodel.Ancestry;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.RefutedBases;
import dev.forebear.alerts.readmodel.Taints;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by the policy of the moment and by what the read model knows. Writes nothing. Thread-safe. */
final class Decider {

    private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

    private final Supplier<Policy> policy;
    private final BiFunction<LineageAlert, Set<String>, Set<String>> routes;
    private final KnownAlerts alerts;
    private final ExceptionTable exceptions;
    private final VersionTable versions;
    private final Ancestry ancestry;
    private final RefutedBases refuted;
    private final Taints taints;
    private final InstantSource clock;

    /** @param routes channels that an alert is owed to, by those that its rule names */
    Decider(
            Supplier<Policy> policy,
            BiFunction<LineageAlert, Set<String>, Set<String>> routes,
            ReadModel readModel,
            InstantSource clock) {
        this.policy = policy;
        this.routes = routes;
        this.alerts = new KnownAlerts(readModel.queries());
        this.exceptions = new ExceptionTable(readModel.queries());
        this.versions = new VersionTable(readModel.queries());
        this.ancestry = new Ancestry(readModel.queries());
        this.refuted = new RefutedBases(readModel.queries());
        this.taints = new Taints(readModel);
        this.clock = clock;
    }

    /** As precise as records are. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Version of the policy of the moment. */
    String policyVersion() {
        return policy.get().version();
    }

    /**
     * Decides on the last words on some model versions.
     *
     * @param failed told of a report on which nothing could be decided
     */
    Round reports(Collection<LineageReport> reports, Scope scope, Consumer<LineageReport> failed) {
        Map<String, VersionTable.Version> known = versions.byId(
                reports.stream().map(LineageReport::getModelVersionId).toList());
        Set<String> modelIds = reports.stream().map(Decider::modelId).collect(Collectors.toSet());
        Round round = round(alerts.ofModels(modelIds), scope);
        Function<LineageReport, List<Ancestor>> ancestors = ancestry.among(reports);
        for (LineageReport report : reports) {
            VersionTable.Version version = known.get(report.getModelVersionId());
            if (version != null && version.deletedAt() != null) {
                round.deleted(Set.of(modelId(report)), report.getModelVersionId()::equals);
            } else {
                decide(round, subject(report, version, ancestors.apply(report)), scope, failed);
            }
        }
        return round;
    }

    /** Settles alerts of which only the time, the exceptions, or the versions that are still there have changed. */
    Round settled(Collection<String> alertIds) {
        List<LineageAlert> known = alerts.byId(alertIds);
        Round round = round(known, Scope.WHOLE);
        Set<String> deleted = versions.deleted(known.stream()
                .flatMap(alert -> alert.getVersions().stream())
                .map(version -> version.getModelVersionId())
                .collect(Collectors.toSet()));
        if (!deleted.isEmpty()) {
            round.deleted(
                    known.stream().map(LineageAlert::getDerivedModelId).collect(Collectors.toSet()), deleted::contains);
        }
        round.settle();
        return round;
    }

    /** A round about these alerts, in which nothing is decided yet. */
    Round round(Collection<LineageAlert> known, Scope scope) {
        Policy current = policy.get();
        var life = new AlertLife(
                exceptions.all(),
                alert -> scope.tells() ? routes.apply(alert, current.routes(alert.getRule())) : Set.of(),
                now());
        return new Round(current, life, known, this::isLifted);
    }

    private boolean isLifted(LineageAlert alert) {
        String base = alert.getBaseModelId();
        return alert.getRule().equals(Policy.QUARANTINED_ANCESTOR) && (base == null || !taints.isQuarantined(base));
    }

    /** Whether the policy of the moment asks for what is quarantined. */
    boolean looksForQuarantined() {
        return policy.get().ruleNames().contains(Policy.QUARANTINED_ANCESTOR);
    }

    /** What the policy decides on: a report, and what else is known of its model version. */
    private Subject subject(LineageReport report, VersionTable.@Nullable Version version, List<Ancestor> ancestors) {
        return new Subject(
                report,
                version == null ? null : version.visibility(),
                version == null ? null : version.uploadedBy(),
                ancestors,
                refuted.of(report),
                taints.of(report, ancestors));
    }

    private static void decide(Round round, Subject subject, Scope scope, Consumer<LineageReport> failed) {
        try {
            List<Finding> findings = round.policy().findings(subject).stream()
                    .filter(finding -> scope.includes(finding.rule()))
                    .toList();
            round.found(subject.report(), findings, scope::includes);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("report", subject.report().getReportId())
                    .log("no decision on a report");
            failed.accept(subject.report());
        }
    }

    private static String modelId(LineageReport report) {
        return report.getRegistry() + "/" + report.getName();
    }
}
