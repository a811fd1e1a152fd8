package dev.forebear.cli.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How right the product is about models that were made in one way.
 *
 * @param relation the way, in the words of the lineage
 * @param models number of models
 * @param found related pairs with at least one such model that were called related, of those that are to be found
 * @param accused independent pairs with at least one such model that were called related
 * @param kinds named right
 * @param parents named right
 * @param directions right where decided
 * @param abstentions from a direction
 */
record RelationScores(
        String relation,
        int models,
        Share found,
        int accused,
        Share kinds,
        Share parents,
        Share directions,
        Share abstentions) {

    /** In the order in which relations first occur. */
    static List<RelationScores> of(Evaluation evaluation) {
        Map<String, List<ScoredPair>> pairs = new LinkedHashMap<>();
        Map<String, List<ScoredChild>> children = new LinkedHashMap<>();
        evaluation.lineage().models().forEach(model -> {
            pairs.putIfAbsent(model.relation(), new ArrayList<>());
            children.putIfAbsent(model.relation(), new ArrayList<>());
        });
        for (ScoredPair pair : evaluation.pairs().pairs()) {
            pairs.computeIfAbsent(pair.earlier().relation(), unseen -> new ArrayList<>())
                    .add(pair);
            if (!pair.later().relation().equals(pair.earlier().relation())) {
                pairs.computeIfAbsent(pair.later().relation(), unseen -> new ArrayList<>())
                        .add(pair);
            }
        }
        for (ScoredChild child : evaluation.children().children()) {
            children.computeIfAbsent(child.entry().relation(), unseen -> new ArrayList<>())
                    .add(child);
        }
        return pairs.entrySet().stream()
                .map(entry -> of(
                        evaluation, entry.getKey(), entry.getValue(), children.getOrDefault(entry.getKey(), List.of())))
                .toList();
    }

    private static RelationScores of(
            Evaluation evaluation, String relation, List<ScoredPair> pairs, List<ScoredChild> children) {
        ChildScores scores = ChildScores.of(children);
        return new RelationScores(
                relation,
                (int) evaluation.lineage().models().stream()
                        .filter(model -> model.relation().equals(relation))
                        .count(),
                new Share((int) pairs.stream().filter(ScoredPair::isFound).count(), (int)
                        pairs.stream().filter(ScoredPair::isToBeFound).count()),
                (int) pairs.stream()
                        .filter(pair -> pair.truth() == Truth.INDEPENDENT
                                && pair.judged().saysRelated())
                        .count(),
                scores.kinds(),
                scores.parents(),
                scores.directions(),
                scores.abstentions());
    }
}
