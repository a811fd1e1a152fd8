package dev.forebear.cli.verify;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.alerts.policy.Taint;
import dev.forebear.alerts.policy.Taint.Kind;
import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.QuarantinedModel;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Models that are quarantined, and what a model that is checked has to do with them. */
record Quarantines(List<QuarantinedModel> all) {

    /** In place of a version where none is known. */
    private static final String UNSEEN = "unknown";

    Quarantines {
        all = List.copyOf(all);
    }

    /**
     * One taint for each quarantined model that the model is, descends from, or says that it descends from.
     *
     * @param ancestors of the report, the nearest first
     */
    List<Taint> taints(LineageReport report, List<Ancestor> ancestors) {
        List<Taint> taints = new ArrayList<>();
        for (QuarantinedModel quarantined : all) {
            itself(report, quarantined)
                    .or(() -> proven(ancestors, quarantined))
                    .or(() -> declared(report, quarantined))
                    .ifPresent(taints::add);
        }
        return taints;
    }

    private static Optional<Taint> itself(LineageReport report, QuarantinedModel quarantined) {
        if (!covers(quarantined, report.getRegistry(), report.getName(), report.getVersion())) {
            return Optional.empty();
        }
        LineageMatch match = match(report.getModelVersionId(), Verdict.SAME_WEIGHTS, EvidenceBasis.EXACT);
        return Optional.of(taint(Kind.ITSELF, new Ancestor(match, 0, Way.STEPS, null), null, quarantined));
    }

    private static Optional<Taint> proven(List<Ancestor> ancestors, QuarantinedModel quarantined) {
        return ancestors.stream()
                .filter(ancestor -> Ascent.isProven(ancestor.match()))
                .filter(ancestor -> covers(
                        quarantined,
                        ancestor.match().getRegistry(),
                        ancestor.match().getName(),
                        ancestor.match().getVersion()))
                .findFirst()
                .map(ancestor -> taint(kind(ancestor), ancestor, null, quarantined));
    }

    private static Kind kind(Ancestor ancestor) {
        boolean copy = ancestor.through() == null && ancestor.match().getVerdict() == Verdict.SAME_WEIGHTS;
        return copy ? Kind.COPY : Kind.PROVEN;
    }

    private static Optional<Taint> declared(LineageReport report, QuarantinedModel quarantined) {
        String version = Objects.requireNonNullElse(quarantined.getVersion(), UNSEEN);
        String id = quarantined.getModelId() + "@" + version;
        ModelVersionId named = ModelVersionId.parse(id);
        return report.getDeclaredBases().stream()
                .filter(base -> ModelReference.of(base.getName()).means(named.registry(), named.name()))
                .findFirst()
                .map(base -> taint(
                        Kind.DECLARED,
                        new Ancestor(match(id, Verdict.NO_EVIDENCE, EvidenceBasis.DECLARED), 1, Way.STEPS, null),
                        words(base),
                        quarantined));
    }

    private static String words(DeclaredBase base) {
        return "\"" + base.getName() + "\" (" + base.getSource() + ")";
    }

    private static boolean covers(QuarantinedModel quarantined, String registry, String name, String version) {
        return quarantined.getModelId().equals(registry + "/" + name)
                && (quarantined.getVersion() == null || quarantined.getVersion().equals(version));
    }

    private static Taint taint(Kind kind, Ancestor ancestor, @Nullable String declared, QuarantinedModel quarantined) {
        return new Taint(
                kind,
                ancestor,
                declared,
                quarantined.getReason(),
                quarantined.getQuarantinedBy(),
                quarantined.getQuarantinedAt());
    }

    private static LineageMatch match(String id, Verdict verdict, EvidenceBasis basis) {
        ModelVersionId parsed = ModelVersionId.parse(id);
        return LineageMatch.newBuilder()
                .setModelVersionId(id)
                .setRegistry(parsed.registry())
                .setName(parsed.name())
                .setVersion(parsed.version())
                .setVerdict(verdict)
                .setBasis(basis)
                .setDeclared(basis == EvidenceBasis.DECLARED)
                .setNearest(false)
                .setUploadedAt(Instant.EPOCH)
                .setLog10EValue(0)
                .setEffectSize(0)
                .setSummary("")
                .setEvidence(List.of())
                .setPeerSimilarities(List.of())
                .build();
    }
}
