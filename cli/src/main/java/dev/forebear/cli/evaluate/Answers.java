package dev.forebear.cli.evaluate;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the product said.
 *
 * @param pairs about pairs of models
 * @param claims about the origins of models
 */
record Answers(List<PairOutcome> pairs, List<Claims> claims) {

    Answers {
        pairs = List.copyOf(pairs);
        claims = List.copyOf(claims);
    }

    /** All of them in the order of upload, whoever came first with an answer. */
    static Answers of(Collection<Answers> parts) {
        return new Answers(
                parts.stream()
                        .flatMap(part -> part.pairs().stream())
                        .sorted(Comparator.comparingInt(PairOutcome::later).thenComparingInt(PairOutcome::earlier))
                        .toList(),
                parts.stream()
                        .flatMap(part -> part.claims().stream())
                        .sorted(Comparator.comparingInt(Claims::child))
                        .toList());
    }
}
