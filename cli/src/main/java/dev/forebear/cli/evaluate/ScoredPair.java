package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Mistake.Measure;
import dev.forebear.cli.evaluate.PairOutcome.Judged;
import dev.forebear.signals.Verdict;
import java.util.Optional;

/** A verdict beside the truth. */
record ScoredPair(LineageEntry earlier, LineageEntry later, Truth truth, Judged judged) {

    static ScoredPair of(Lineage lineage, Kinship kinship, Judged judged) {
        LineageEntry earlier = lineage.models().get(judged.earlier());
        LineageEntry later = lineage.models().get(judged.later());
        return new ScoredPair(earlier, later, kinship.between(judged.earlier(), judged.later()), judged);
    }

    /** Whether it is to be found. */
    boolean isToBeFound() {
        return truth == Truth.RELATED;
    }

    boolean isFound() {
        return isToBeFound() && judged.saysRelated();
    }

    Optional<Mistake> mistake() {
        return switch (truth) {
            case INDEPENDENT ->
                judged.saysRelated()
                        ? mistake(Measure.FALSE_ACCUSATION)
                        : judged.verdict() == Verdict.SHARED_INITIALISATION_OR_LINEAGE
                                ? mistake(Measure.FALSE_SHARED_INITIALISATION)
                                : Optional.empty();
            case AMBIGUOUS -> judged.saysRelated() ? mistake(Measure.AMBIGUOUS_CALLED_DERIVED) : Optional.empty();
            case RELATED -> isToBeFound() && !isFound() ? mistake(Measure.RELATED_MISSED) : Optional.empty();
        };
    }

    private Optional<Mistake> mistake(Measure measure) {
        return Optional.of(new Mistake(
                measure, later.id(), earlier.id(), Words.of(truth), Words.of(judged.verdict()), judged.evidence()));
    }
}
