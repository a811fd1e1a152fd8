package dev.forebear.match;

import dev.forebear.schemas.wire.KnownBase;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import java.util.List;

/**
 * What all shards answered to one query.
 *
 * @param asked of the model asked about, as each of them tells it
 * @param candidates those that a report has room for
 * @param knownBases what an adapter may mean by the base that it waits for
 * @param compared models that were comparable
 * @param incomparable models that were not
 */
record ShardAnswers(
        LineageCandidates asked,
        List<LineageCandidate> candidates,
        List<KnownBase> knownBases,
        long compared,
        long incomparable) {

    /** @param answers one of each shard, not empty */
    static ShardAnswers of(List<LineageCandidates> answers) {
        var asked = answers.getFirst();
        long compared =
                answers.stream().mapToLong(LineageCandidates::getComparedModels).sum();
        long incomparable = answers.stream()
                .mapToLong(LineageCandidates::getIncomparableModels)
                .sum();
        var candidates = answers.stream()
                .flatMap(answer -> answer.getCandidates().stream())
                .toList();
        var knownBases = answers.stream()
                .flatMap(answer -> answer.getKnownBases().stream())
                .toList();
        // What one shard has chosen is what the report has room for.
        var chosen = answers.size() == 1 ? candidates : withRoom(asked, candidates, compared + incomparable + 1);
        return new ShardAnswers(asked, chosen, knownBases, compared, incomparable);
    }

    private static List<LineageCandidate> withRoom(
            LineageCandidates asked, List<LineageCandidate> candidates, long registrySize) {
        double largestScreen = ShardSearch.largestScreen(registrySize);
        var relatives = candidates.stream()
                .map(candidate -> relative(candidate, largestScreen))
                .toList();
        return ReportRoom.of(Kinship.of(asked), relatives).stream()
                .map(Relative::other)
                .toList();
    }

    private static Relative<LineageCandidate> relative(LineageCandidate candidate, double largestScreen) {
        var compared = Candidates.toDomain(candidate);
        double log10Screen = candidate.getLog10Screen() == null ? compared.log10PValue() : candidate.getLog10Screen();
        var screened = new Screened<>(candidate, Kinship.of(candidate), log10Screen, log10Screen <= largestScreen);
        return new Relative<>(screened, compared);
    }
}
