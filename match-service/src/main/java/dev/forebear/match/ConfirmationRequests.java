package dev.forebear.match;

import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Verdict;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which relatives are worth holding against the model weight by weight: those that fingerprints prove, to tell the
 * parent from its other descendants, and those that they only nominate. Fingerprints that are equal settle it all.
 */
final class ConfirmationRequests {

    /** Relatives whose weights are read: those that it names, the earliest, then the most similar. */
    static final int MOST_RELATIVES = 12;

    private static final Comparator<LineageCandidate> EARLIEST_FIRST =
            Comparator.comparing(LineageCandidate::getUploadedAt).thenComparing(LineageCandidate::getModelVersionId);
    private static final Comparator<LineageCandidate> MOST_SIMILAR_FIRST = Comparator.comparingDouble(
                    ConfirmationRequests::similarity)
            .reversed()
            .thenComparing(LineageCandidate::getModelVersionId);

    private ConfirmationRequests() {}

    /**
     * The request, with the report as one that is pending; empty when there is nothing to confirm. An adapter whose
     * base is known now is first fingerprinted together with it.
     */
    static Optional<ConfirmationRequest> of(ShardAnswers answers, LineageReport report) {
        var asked = answers.asked();
        var adapter = Adapters.withBase(answers);
        if (adapter.isPresent()) {
            return Optional.of(new ConfirmationRequest(pending(report), asked.getLocation(), List.of(), adapter.get()));
        }
        boolean copy = report.getMatches().stream().anyMatch(match -> match.getVerdict() == Verdict.SAME_WEIGHTS);
        if (copy || asked.getLocation().isEmpty()) {
            return Optional.empty();
        }
        var derived = Kinship.of(asked);
        var relatives = answers.candidates().stream()
                .filter(candidate -> !candidate.getLocation().isEmpty())
                .filter(candidate -> derived.mayDescendFrom(Kinship.of(candidate)))
                .filter(candidate -> isWorthIt(Candidates.toDomain(candidate), report.getComparedModels()))
                .sorted(EARLIEST_FIRST)
                .toList();
        if (relatives.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ConfirmationRequest(
                pending(report), asked.getLocation(), chosen(derived, relatives), asked.getAdapter()));
    }

    private static LineageReport pending(LineageReport report) {
        return LineageReport.newBuilder(report)
                .setConfirmation(ConfirmationState.PENDING)
                .build();
    }

    /** Whether fingerprints prove something of two models or at least nominate them. */
    static boolean isWorthIt(Compared compared, long registrySize) {
        return compared.nominated()
                || Judgement.judge(compared, registrySize).verdict() != dev.forebear.signals.Verdict.NO_EVIDENCE;
    }

    private static List<LineageCandidate> chosen(Kinship derived, List<LineageCandidate> earliestFirst) {
        var mentioned = earliestFirst.stream().filter(candidate -> derived.mentions(Kinship.of(candidate)));
        var chosen = new LinkedHashSet<LineageCandidate>();
        Stream.of(
                        mentioned,
                        earliestFirst.stream().limit(2),
                        earliestFirst.stream().sorted(MOST_SIMILAR_FIRST))
                .flatMap(candidates -> candidates)
                .forEach(candidate -> {
                    if (chosen.size() < MOST_RELATIVES) {
                        chosen.add(candidate);
                    }
                });
        return chosen.stream().sorted(EARLIEST_FIRST).toList();
    }

    private static double similarity(LineageCandidate candidate) {
        double function = candidate.getSharedFunction();
        return Double.isNaN(function) ? candidate.getEffectSize() : Math.max(function, candidate.getEffectSize());
    }
}
