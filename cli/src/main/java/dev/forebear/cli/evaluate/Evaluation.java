package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.OpenModel.Unreadable;
import java.util.List;
import java.util.stream.Stream;

/**
 * The product's verdicts on a zoo held against the truth.
 *
 * @param zoo its folder, as named
 * @param lineage the truth
 * @param unreadable models that were compared with nothing, and why
 * @param pairs verdicts on pairs
 * @param children what was said about the origin of each model
 */
record Evaluation(String zoo, Lineage lineage, List<Unreadable> unreadable, PairScores pairs, ChildScores children) {

    Evaluation {
        unreadable = List.copyOf(unreadable);
    }

    static Evaluation of(String zoo, Lineage lineage, List<OpenModel> models, Answers answers) {
        Kinship kinship = new Kinship(lineage);
        return new Evaluation(
                zoo,
                lineage,
                models.stream()
                        .filter(Unreadable.class::isInstance)
                        .map(Unreadable.class::cast)
                        .toList(),
                PairScores.of(lineage, kinship, answers.pairs()),
                ChildScores.of(lineage, kinship, answers.claims()));
    }

    /** Everything that was said and is not so. */
    List<Mistake> mistakes() {
        return Stream.concat(pairs.mistakes().stream(), children.mistakes().stream())
                .toList();
    }
}
