package dev.forebear.match;

import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.EvidenceBasis;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageRelation;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the answers of all shards into a report: verdict and E-value per match, and the base to name first. */
public final class LineageJudge {

    private LineageJudge() {}

    static LineageReport notAnalysed(ModelFingerprint model, String reportId, Instant now) {
        return LineageReport.newBuilder()
                .setReportId(reportId)
                .setModelVersionId(model.getModelVersionId())
                .setRegistry(model.getRegistry())
                .setName(model.getName())
                .setVersion(model.getVersion())
                .setLicence(model.getLicence())
                .setPurpose(QueryPurpose.UPLOAD)
                .setNotAnalysed(model.getNotAnalysed())
                .setSignature(model.getSignature())
                .setDeclaredBases(model.getDeclaredBases())
                .setMatches(List.of())
                .setComparedModels(0)
                .setIncomparableModels(0)
                .setUploadedAt(model.getUploadedAt())
                .setReportedAt(now)
                .setConfirmation(ConfirmationState.NOT_NEEDED)
                .setCorrelationId(model.getCorrelationId())
                .build();
    }

    /** @param answers one of each shard, not empty, all to the same query */
    public static LineageReport report(List<LineageCandidates> answers, Instant now) {
        return report(ShardAnswers.of(answers), now);
    }

    static LineageReport report(ShardAnswers answers, Instant now) {
        var asked = answers.asked();
        return LineageReport.newBuilder()
                .setReportId(asked.getQueryId())
                .setModelVersionId(asked.getModelVersionId())
                .setRegistry(asked.getRegistry())
                .setName(asked.getName())
                .setVersion(asked.getVersion())
                .setLicence(asked.getLicence())
                .setPurpose(asked.getPurpose())
                .setNotAnalysed(asked.getNotAnalysed())
                .setSignature(asked.getSignature())
                .setDeclaredBases(asked.getDeclaredBases())
                .setMatches(matches(answers))
                .setComparedModels(answers.compared())
                .setIncomparableModels(answers.incomparable())
                .setUploadedAt(asked.getUploadedAt())
                .setReportedAt(now)
                .setConfirmation(ConfirmationState.NOT_NEEDED)
                .setCorrelationId(asked.getCorrelationId())
                .build();
    }

    private static List<LineageMatch> matches(ShardAnswers answers) {
        var asked = answers.asked();
        var derived = Kinship.of(asked);
        var matches = new ArrayList<LineageMatch>();
        answers.candidates().stream()
                .filter(candidate -> derived.mayDescendFrom(Kinship.of(candidate)))
                .forEach(candidate -> {
                    var judgement = judgement(asked, candidate, answers.compared());
                    if (judgement.verdict() != Verdict.NO_EVIDENCE) {
                        matches.add(match(derived, candidate, judgement, adapterOn(asked, candidate)));
                    }
                });
        return MatchOrder.nearestFirst(withCopiedParent(matches));
    }

    private static Judgement judgement(LineageCandidates asked, LineageCandidate candidate, long compared) {
        var comparison = Candidates.toDomain(candidate);
        if (!comparison.sameWeights() && adapterOn(asked, candidate) != null) {
            return Judgement.declared(Verdict.DERIVED);
        }
        var base = Adapters.base(asked.getAdapter());
        if (!comparison.sameWeights() && base != null && base.equals(candidate.getAdapterBase())) {
            return Judgement.declared(Verdict.SHARES_AN_ANCESTOR);
        }
        return Judgement.judge(comparison, compared);
    }

    /** What adapter the model is, if it was put on the candidate; else null. */
    private static @Nullable String adapterOn(LineageCandidates asked, LineageCandidate candidate) {
        var base = Adapters.base(asked.getAdapter());
        return base != null && base.getModelVersionId().equals(candidate.getModelVersionId())
                ? Objects.requireNonNull(
                                Objects.requireNonNull(asked.getAdapter()).getAdapter())
                        .getDescription()
                : null;
    }

    /** Of models with the same weights the declared one, or else the earliest, is what this one was copied from. */
    private static List<LineageMatch> withCopiedParent(List<LineageMatch> matches) {
        var original = matches.stream()
                .filter(match -> match.getVerdict() == dev.forebear.schemas.wire.Verdict.SAME_WEIGHTS)
                .min(Comparator.comparing((LineageMatch match) -> !match.getDeclared())
                        .thenComparing(LineageMatch::getUploadedAt)
                        .thenComparing(LineageMatch::getModelVersionId));
        return matches.stream()
                .map(match -> original.isPresent() && match == original.get()
                        ? LineageMatch.newBuilder(match)
                                .setParent(true)
                                .setRelation(new LineageRelation("copy", "", List.of()))
                                .build()
                        : match)
                .toList();
    }

    private static LineageMatch match(
            Kinship derived, LineageCandidate candidate, Judgement judgement, @Nullable String adapter) {
        return LineageMatch.newBuilder()
                .setModelVersionId(candidate.getModelVersionId())
                .setRegistry(candidate.getRegistry())
                .setName(candidate.getName())
                .setVersion(candidate.getVersion())
                .setLicence(candidate.getLicence())
                .setFamily(candidate.getFamily())
                .setPublisher(candidate.getPublisher())
                .setVerdict(dev.forebear.schemas.wire.Verdict.valueOf(
                        judgement.verdict().name()))
                .setBasis(EvidenceBasis.valueOf(judgement.basis().name()))
                .setDeclared(derived.discloses(Kinship.of(candidate)))
                .setNearest(false)
                .setParent(adapter != null)
                .setRelation(adapter == null ? null : new LineageRelation("adapter", adapter, List.of()))
                .setUploadedAt(candidate.getUploadedAt())
                .setLog10EValue(judgement.log10EValue())
                .setEffectSize(candidate.getEffectSize())
                .setSummary(summary(candidate, judgement))
                .setEvidence(candidate.getEvidence())
                .setPeerSimilarities(candidate.getPeerSimilarities())
                .build();
    }

    private static String summary(LineageCandidate candidate, Judgement judgement) {
        var base = candidate.getModelVersionId();
        if (judgement.basis() == Judgement.Basis.DECLARED && judgement.verdict() == Verdict.DERIVED) {
            return "An adapter that declares " + base + " as its base, and was put on it: the shapes fit. That it was"
                    + " trained on it is not proven.";
        }
        return switch (judgement.verdict()) {
            case SAME_WEIGHTS -> "Same weights as " + base + ", value by value where sampled.";
            case DERIVED -> "Shares trained weights with " + base + "; " + expectedByChance(judgement) + ".";
            case SHARED_INITIALISATION_OR_LINEAGE ->
                "Starts from the same numbers as " + base + " (" + expectedByChance(judgement)
                        + "), but nothing proves that what was learned is shared.";
            case SHARES_AN_ANCESTOR -> "Made from weights that " + base + " was made from too.";
            case NO_EVIDENCE -> "No evidence of shared weights with " + base + ".";
            case NOT_COMPARABLE -> "Not comparable with " + base + ".";
        };
    }

    private static String expectedByChance(Judgement judgement) {
        return "such matches expected by chance in a registry of this size: 10^" + Math.round(judgement.log10EValue());
    }
}
