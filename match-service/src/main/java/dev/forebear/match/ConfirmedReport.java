package dev.forebear.match;

import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.ConfirmedRelative;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What fingerprints said, put right by what the weights of both sides say. Where those are silent the fingerprints keep
 * their word: their false-alarm rate is their own.
 */
final class ConfirmedReport {

    private ConfirmedReport() {}

    static LineageReport of(Confirmation confirmation, Instant now) {
        var report = confirmation.getRequest().getReport();
        var matches = new LinkedHashMap<String, LineageMatch>();
        report.getMatches().forEach(match -> matches.put(match.getModelVersionId(), match));
        Map<String, LineageCandidate> asked = new LinkedHashMap<>();
        confirmation.getRequest().getRelatives().forEach(one -> asked.put(one.getModelVersionId(), one));
        for (var found : confirmation.getRelatives()) {
            var candidate = asked.get(found.getModelVersionId());
            if (candidate != null && says(found)) {
                matches.put(found.getModelVersionId(), match(Kinship.of(report), candidate, found));
            }
        }
        boolean read = !confirmation.getRelatives().isEmpty();
        return LineageReport.newBuilder(report)
                .setMatches(MatchOrder.nearestFirst(new ArrayList<>(matches.values())))
                .setConfirmation(read ? ConfirmationState.CONFIRMED : ConfirmationState.FAILED)
                .setConfirmationProblems(confirmation.getProblems())
                .setReportedAt(now)
                .build();
    }

    private static boolean says(ConfirmedRelative found) {
        return found.getVerdict() != Verdict.NO_EVIDENCE && found.getVerdict() != Verdict.NOT_COMPARABLE;
    }

    private static LineageMatch match(Kinship derived, LineageCandidate candidate, ConfirmedRelative found) {
        return LineageMatch.newBuilder()
                .setModelVersionId(candidate.getModelVersionId())
                .setRegistry(candidate.getRegistry())
                .setName(candidate.getName())
                .setVersion(candidate.getVersion())
                .setLicence(candidate.getLicence())
                .setVerdict(found.getVerdict())
                .setBasis(found.getBasis())
                .setDeclared(derived.discloses(Kinship.of(candidate)))
                .setNearest(false)
                .setParent(found.getParent())
                .setMergeWeight(found.getMergeWeight())
                .setRelation(found.getRelation())
                .setDirection(found.getDirection())
                .setLayerAgreement(found.getLayerAgreement())
                .setUploadedAt(candidate.getUploadedAt())
                .setLog10EValue(found.getLog10EValue())
                .setEffectSize(found.getEffectSize())
                .setSummary(found.getSummary())
                .setEvidence(found.getEvidence())
                .setNotComparable(found.getNotComparable())
                .setPeerSimilarities(candidate.getPeerSimilarities())
                .build();
    }
}
