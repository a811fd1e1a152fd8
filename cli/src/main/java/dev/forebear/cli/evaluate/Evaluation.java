package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.OpenModel.Unreadable;
import java.util.List;

/**
 * The product's verdicts on a zoo held against the truth.
 *
 * @param zoo its folder, as named
 * @param lineage the truth
 * @param unreadable models that were compared with nothing, and why
 * @param pairs verdicts on pairs
 */
record Evaluation(String zoo, Lineage lineage, List<Unreadable> unreadable, PairScores pairs) {

    Evaluation {
        unreadable = List.copyOf(unreadable);
    }

    static Evaluation of(String zoo, Lineage lineage, List<OpenModel> models, List<PairOutcome> outcomes) {
        return new Evaluation(
                zoo,
                lineage,
                models.stream()
                        .filter(Unreadable.class::isInstance)
                        .map(Unreadable.class::cast)
                        .toList(),
                PairScores.of(lineage, new Kinship(lineage), outcomes));
    }

    /** Everything that was said and is not so. */
    List<Mistake> mistakes() {
        return pairs.mistakes();
    }
}
