package dev.forebear.alerts.readmodel;

import dev.forebear.alerts.policy.Ancestor;
import dev.forebear.alerts.policy.Ancestor.Way;
import dev.forebear.alerts.policy.Taint;
import dev.forebear.alerts.policy.Taint.Kind;
import dev.forebear.alerts.readmodel.FamilyTree.Declaration;
import dev.forebear.alerts.readmodel.FamilyTree.Direction;
import dev.forebear.alerts.readmodel.FamilyTree.Member;
import dev.forebear.alerts.readmodel.Quarantines.Quarantine;
import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What models have to do with models that are quarantined. The quarantines are read again when the read model has
 * changed. Thread-safe.
 */
public final class Taints {

    /** In place of a version where none is known. */
    private static final String UNSEEN = "unknown";

    private final ReadModel model;
    private volatile Known known = new Known(-1, Quarantines.NONE);

    public Taints(ReadModel model) {
        this.model = model;
    }

    private record Known(long revision, Quarantines quarantines) {}

    /** Whether a model, or a version of it, is quarantined. */
    public boolean isQuarantined(String modelId) {
        return now().all().stream().anyMatch(quarantine -> quarantine.modelId().equals(modelId));
    }

    /**
     * One taint for each quarantined model: of several the worst, and of those the nearest.
     *
     * @param ancestors of the report, the nearest first
     */
    public List<Taint> of(LineageReport report, List<Ancestor> ancestors) {
        Quarantines now = now();
        if (now.all().isEmpty()) {
            return List.of();
        }
        Map<String, Taint> taints = new LinkedHashMap<>();
        String own = modelId(report);
        now.covering(report.getModelVersionId(), own)
                .forEach(quarantine -> taints.putIfAbsent(quarantine.modelId(), itself(report, own, quarantine)));
        for (Ancestor ancestor : ancestors) {
            LineageMatch match = ancestor.match();
            if (Proofs.isProven(match) && match.getBasis() != EvidenceBasis.DECLARED) {
                String base = match.getRegistry() + "/" + match.getName();
                List<Quarantine> covering = now.covering(match.getModelVersionId(), base);
                if (!covering.isEmpty() && isOfTheLine(ancestor, report, own)) {
                    covering.forEach(
                            quarantine -> taints.putIfAbsent(quarantine.modelId(), proven(ancestor, base, quarantine)));
                }
            }
        }
        if (now.all().stream().anyMatch(quarantine -> !taints.containsKey(quarantine.modelId()))) {
            declared(report, own, now, taints);
        }
        return List.copyOf(taints.values());
    }

    /** Whether it is no relative on another branch. */
    private boolean isOfTheLine(Ancestor ancestor, LineageReport report, String own) {
        return ancestor.way() == Way.STEPS
                || above(report, own).members().stream()
                        .anyMatch(member -> member.proven()
                                && member.id().equals(ancestor.match().getModelVersionId()));
    }

    private FamilyTree above(LineageReport report, String own) {
        return model.queries()
                .inTransaction(handle ->
                        FamilyTrees.of(handle, own, List.of(report.getModelVersionId()), Direction.ANCESTORS));
    }

    private Quarantines now() {
        long revision = model.revision();
        Known last = known;
        if (last.revision != revision) {
            last = new Known(revision, model.queries().inTransaction(Quarantines::of));
            known = last;
        }
        return last.quarantines;
    }

    private void declared(LineageReport report, String own, Quarantines now, Map<String, Taint> taints) {
        String id = report.getModelVersionId();
        for (Member member : above(report, own).members()) {
            List<Quarantine> covering =
                    member.modelId() == null ? named(now, member.id()) : now.covering(member.id(), member.modelId());
            covering.forEach(quarantine -> taints.putIfAbsent(quarantine.modelId(), declared(id, member, quarantine)));
        }
    }

    /** Quarantined models that a declared name means. */
    private static List<Quarantine> named(Quarantines now, String name) {
        ModelReference reference = ModelReference.of(name);
        return now.all().stream()
                .filter(quarantine -> reference.means(quarantine.registry(), quarantine.name()))
                .toList();
    }

    private static Taint itself(LineageReport report, String own, Quarantine quarantine) {
        boolean copy = !own.equals(quarantine.modelId());
        String id = copy ? versionOf(quarantine) : report.getModelVersionId();
        LineageMatch match = match(id, Verdict.SAME_WEIGHTS, EvidenceBasis.EXACT, "The same weights.")
                .setLicence(copy ? null : report.getLicence())
                .build();
        return taint(
                copy ? Kind.COPY : Kind.ITSELF, new Ancestor(match, copy ? 1 : 0, Way.STEPS, null), null, quarantine);
    }

    private static Taint proven(Ancestor ancestor, String base, Quarantine quarantine) {
        if (base.equals(quarantine.modelId())) {
            return taint(Kind.PROVEN, ancestor, null, quarantine);
        }
        LineageMatch match = match(
                        versionOf(quarantine), Verdict.SAME_WEIGHTS, EvidenceBasis.EXACT, "The same weights.")
                .build();
        String through = ancestor.match().getModelVersionId();
        return taint(Kind.PROVEN, new Ancestor(match, ancestor.depth() + 1, ancestor.way(), through), null, quarantine);
    }

    private static Taint declared(String id, Member member, Quarantine quarantine) {
        boolean same = quarantine.modelId().equals(member.modelId());
        LineageMatch match = match(
                        same ? member.id() : versionOf(quarantine),
                        Verdict.NO_EVIDENCE,
                        EvidenceBasis.DECLARED,
                        "Declared only.")
                .setDeclared(true)
                .build();
        Declaration words = member.steps().getFirst().declaration();
        return taint(
                Kind.DECLARED,
                new Ancestor(match, member.depth(), Way.STEPS, member.through().equals(id) ? null : member.through()),
                words == null ? null : "\"" + words.name() + "\" (" + words.source() + ")",
                quarantine);
    }

    private static Taint taint(Kind kind, Ancestor ancestor, @Nullable String declared, Quarantine quarantine) {
        return new Taint(kind, ancestor, declared, quarantine.reason(), quarantine.by(), quarantine.at());
    }

    private static LineageMatch.Builder match(String id, Verdict verdict, EvidenceBasis basis, String summary) {
        ModelVersionId parsed = ModelVersionId.parse(id);
        return LineageMatch.newBuilder()
                .setModelVersionId(id)
                .setRegistry(parsed.registry())
                .setName(parsed.name())
                .setVersion(parsed.version())
                .setVerdict(verdict)
                .setBasis(basis)
                .setDeclared(false)
                .setNearest(false)
                .setUploadedAt(Instant.EPOCH)
                .setLog10EValue(0)
                .setEffectSize(0)
                .setSummary(summary)
                .setEvidence(List.of())
                .setPeerSimilarities(List.of());
    }

    private static String versionOf(Quarantine quarantine) {
        String version = quarantine.version();
        return quarantine.modelId() + "@" + (version == null ? UNSEEN : version);
    }

    private static String modelId(LineageReport report) {
        return report.getRegistry() + "/" + report.getName();
    }
}
