package dev.forebear.cli.evaluate;

import java.util.List;

/**
 * Everything that the product said about a zoo.
 *
 * @param pairs about every pair of models, ordered by the later, then by the earlier one
 * @param claims about the origin of every model that could be read, in the order of upload
 */
record Answers(List<PairOutcome> pairs, List<Claims> claims) {

    Answers {
        pairs = List.copyOf(pairs);
        claims = List.copyOf(claims);
    }
}
