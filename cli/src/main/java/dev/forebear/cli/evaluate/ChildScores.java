package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import dev.forebear.cli.evaluate.Mistake.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How right the product is about what models were made from and how.
 *
 * @param children every model that could be read, in the order of upload
 * @param kinds named right, of those that a kind is expected for
 * @param parents named right, of those whose parents were all uploaded before them
 * @param directions right, of the parents and children that it says a direction of
 * @param abstentions parents and children that it says no direction of
 * @param largestShareError of the merges with known shares; NaN without any
 * @param mistakes what is not so
 */
record ChildScores(
        List<ScoredChild> children,
        Share kinds,
        Share parents,
        Share directions,
        Share abstentions,
        double largestShareError,
        List<Mistake> mistakes) {

    ChildScores {
        children = List.copyOf(children);
        mistakes = List.copyOf(mistakes);
    }

    static ChildScores of(Lineage lineage, Kinship kinship, List<Claims> claims) {
        return of(claims.stream()
                .map(claim -> ScoredChild.of(lineage, kinship, claim))
                .toList());
    }

    static ChildScores of(List<ScoredChild> children) {
        List<OriginClaim> parents = children.stream()
                .map(ScoredChild::parentClaims)
                .flatMap(Collection::stream)
                .toList();
        List<OriginClaim> decided = parents.stream()
                .filter(claim -> claim.direction() != Direction.UNDETERMINED)
                .toList();
        return new ChildScores(
                children,
                share(children, ScoredChild::expectsKind, ScoredChild::isKindRight),
                share(children, ScoredChild::expectsParents, ScoredChild::areParentsRight),
                share(decided, claim -> true, claim -> claim.direction() == Direction.ORIGIN_FIRST),
                share(parents, claim -> true, claim -> claim.direction() == Direction.UNDETERMINED),
                children.stream()
                        .mapToDouble(ScoredChild::shareError)
                        .filter(error -> !Double.isNaN(error))
                        .max()
                        .orElse(Double.NaN),
                mistakes(children));
    }

    int count(Measure measure) {
        return (int) mistakes.stream()
                .filter(mistake -> mistake.measure() == measure)
                .count();
    }

    /** How often which kind was named, by the kind that is expected. */
    Map<String, Map<String, Integer>> confusion() {
        Map<String, Map<String, Integer>> confusion = new TreeMap<>();
        for (ScoredChild child : children) {
            String expected = child.entry().kind();
            if (expected != null && child.expectsKind()) {
                confusion
                        .computeIfAbsent(expected, unseen -> new TreeMap<>())
                        .merge(child.namedKind(), 1, Integer::sum);
            }
        }
        return confusion;
    }

    private static <T> Share share(List<T> all, Predicate<T> counts, Predicate<T> right) {
        List<T> counted = all.stream().filter(counts).toList();
        return new Share((int) counted.stream().filter(right).count(), counted.size());
    }

    private static List<Mistake> mistakes(List<ScoredChild> children) {
        List<Mistake> mistakes = new ArrayList<>();
        children.forEach(child -> mistakes.addAll(new ChildMistakes(child).all()));
        return mistakes;
    }
}
