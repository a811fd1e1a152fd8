package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import dev.forebear.cli.evaluate.Mistake.Measure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What was said about the origin of one model and is not so. */
final class ChildMistakes {

    /** Error of a share from which on it is a mistake. */
    static final double LARGEST_SHARE_ERROR = 0.02;

    private final ScoredChild child;
    private final List<Mistake> mistakes = new ArrayList<>();

    ChildMistakes(ScoredChild child) {
        this.child = child;
    }

    List<Mistake> all() {
        kind();
        parents();
        child.origins().forEach(this::direction);
        child.strangersWithDirection()
                .forEach(stranger ->
                        add(Measure.SIBLING_DIRECTION, stranger, "none", "a direction between them", child.reason()));
        share();
        return mistakes;
    }

    private void kind() {
        String expected = child.entry().kind();
        if (expected != null && child.expectsKind() && !child.isKindRight()) {
            String details = String.join(
                    "; ",
                    child.origins().values().stream().map(OriginClaim::detail).toList());
            add(Measure.KIND, list(child.entry().origins()), expected, child.namedKind(), details);
        }
    }

    private void parents() {
        boolean invented = child.entry().parents().isEmpty() && !child.named().isEmpty();
        boolean wrong = child.expectsParents() && !child.areParentsRight();
        if (invented || wrong) {
            String expected = list(child.entry().parents());
            add(Measure.PARENTS, expected, expected, list(child.named().keySet()), child.reason());
        }
    }

    private void direction(String origin, OriginClaim claim) {
        boolean parent = !child.entry().parents().isEmpty();
        if (parent && (claim.direction() == Direction.CHILD_FIRST || claim.direction() == Direction.CONTRADICTORY)) {
            add(Measure.DIRECTION, origin, "the parent first", words(claim.direction()), claim.reason());
        }
    }

    private void share() {
        if (child.shareError() > LARGEST_SHARE_ERROR) {
            Map<String, Claims.NamedParent> named = child.named();
            List<String> found = named.entrySet().stream()
                    .map(parent -> String.format(
                            Locale.ROOT,
                            "%s %.3f",
                            parent.getKey(),
                            parent.getValue().share()))
                    .toList();
            add(
                    Measure.MERGE_WEIGHT,
                    list(child.entry().parents()),
                    child.entry().parentWeights().toString(),
                    list(found),
                    child.reason());
        }
    }

    private void add(Measure measure, String other, String expected, String found, String evidence) {
        mistakes.add(new Mistake(measure, child.entry().id(), other, expected, found, evidence));
    }

    private static String words(Direction direction) {
        return switch (direction) {
            case ORIGIN_FIRST -> "the parent first";
            case CHILD_FIRST -> "the child first";
            case CONTRADICTORY -> "one or the other, depending on which is asked about first";
            case UNDETERMINED -> "undetermined";
        };
    }

    private static String list(Collection<String> ids) {
        return ids.isEmpty() ? "none" : String.join(", ", new TreeSet<>(ids));
    }
}
