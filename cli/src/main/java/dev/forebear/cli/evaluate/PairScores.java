package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Mistake.Measure;
import dev.forebear.cli.evaluate.PairOutcome.Judged;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How right the verdicts on pairs are.
 *
 * @param pairs all that were judged, beside the truth
 * @param notCompared those without a verdict, which count neither for nor against
 * @param mistakes verdicts that are not so
 * @param relatedFound related pairs that were called related, of those that are to be found
 * @param accusations how often independent models are accused, at most
 * @param roc how the strength of verdicts parts related from independent pairs
 * @param uniformity of the p-values of independent pairs
 */
record PairScores(
        List<ScoredPair> pairs,
        List<NotCompared> notCompared,
        List<Mistake> mistakes,
        Share relatedFound,
        AccusationRate accusations,
        RocCurve roc,
        NullUniformity uniformity) {

    PairScores {
        pairs = List.copyOf(pairs);
        notCompared = List.copyOf(notCompared);
        mistakes = List.copyOf(mistakes);
    }

    static PairScores of(Lineage lineage, Kinship kinship, List<PairOutcome> outcomes) {
        List<ScoredPair> pairs = new ArrayList<>();
        List<NotCompared> notCompared = new ArrayList<>();
        for (PairOutcome outcome : outcomes) {
            switch (outcome) {
                case Judged judged -> pairs.add(ScoredPair.of(lineage, kinship, judged));
                case NotCompared without -> notCompared.add(without);
            }
        }
        Collection<List<ScoredPair>> trainings = byTrainings(kinship, pairs);
        List<Mistake> mistakes = pairs.stream()
                .map(ScoredPair::mistake)
                .flatMap(Optional::stream)
                .toList();
        int toBeFound = (int) pairs.stream().filter(ScoredPair::isToBeFound).count();
        int found = (int) pairs.stream().filter(ScoredPair::isFound).count();
        return new PairScores(
                pairs,
                notCompared,
                mistakes,
                new Share(found, toBeFound),
                new AccusationRate(accused(trainings)),
                roc(pairs),
                NullUniformity.of(trainings.stream()
                        .map(group -> group.stream()
                                .map(pair -> pair.judged().layerPValues())
                                .toList())
                        .toList()));
    }

    /** Number of judged pairs of which this is true. */
    int count(Truth truth) {
        return (int) pairs.stream().filter(pair -> pair.truth() == truth).count();
    }

    int count(Measure measure) {
        return (int) mistakes.stream()
                .filter(mistake -> mistake.measure() == measure)
                .count();
    }

    private static RocCurve roc(List<ScoredPair> pairs) {
        return RocCurve.of(
                pairs.stream()
                        .filter(ScoredPair::isToBeFound)
                        .mapToDouble(pair -> pair.judged().strength())
                        .toArray(),
                pairs.stream()
                        .filter(pair -> pair.truth() == Truth.INDEPENDENT)
                        .mapToDouble(pair -> pair.judged().strength())
                        .toArray());
    }

    private static Share accused(Collection<List<ScoredPair>> trainings) {
        return new Share(
                (int) trainings.stream()
                        .filter(group ->
                                group.stream().anyMatch(pair -> pair.judged().saysRelated()))
                        .count(),
                trainings.size());
    }

    /** Independent pairs by the two trainings that they go back to. */
    private static Collection<List<ScoredPair>> byTrainings(Kinship kinship, List<ScoredPair> pairs) {
        Map<Set<String>, List<ScoredPair>> groups = new LinkedHashMap<>();
        for (ScoredPair pair : pairs) {
            if (pair.truth() == Truth.INDEPENDENT) {
                Judged judged = pair.judged();
                Set<String> trainings = Set.of(kinship.training(judged.earlier()), kinship.training(judged.later()));
                groups.computeIfAbsent(trainings, unseen -> new ArrayList<>()).add(pair);
            }
        }
        return groups.values();
    }
}
