package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.cli.evaluate.Claims.Direction;
import dev.forebear.cli.evaluate.Claims.NamedParent;
import dev.forebear.cli.evaluate.Claims.OriginClaim;
import dev.forebear.cli.evaluate.Mistake.Measure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ten models about which something right or wrong is said on purpose. */
class ChildScoresTest {

    private static final Lineage FAMILY = new Lineage(List.of(
            entry("base", null, List.of()),
            entry("other", null, List.of()),
            entry("tuned", "fine-tuned", List.of("base")),
            entry("packed", "quantised", List.of("base")),
            entry("tuned-again", "fine-tuned", List.of("tuned")),
            new LineageEntry(
                    "blend", "blend", "merge", "merged", List.of("tuned", "other"), List.of(), List.of(0.6, 0.4)),
            entry("late-child", "copy", List.of("late-parent")),
            entry("late-parent", null, List.of()),
            entry("orphan", "copy", List.of("absent")),
            new LineageEntry(
                    "seedmate",
                    "seedmate",
                    "shared-init",
                    "shared-initialisation",
                    List.of(),
                    List.of("base"),
                    List.of())));

    private final ChildScores scores = ChildScores.of(
            FAMILY,
            new Kinship(FAMILY),
            List.of(
                    claims(0, List.of(), Map.of()),
                    claims(1, List.of(parent(0, Double.NaN, Direction.UNDETERMINED)), Map.of()),
                    claims(2, List.of(named(0)), Map.of(0, said("fine-tuned", Direction.ORIGIN_FIRST))),
                    claims(3, List.of(named(2)), Map.of(0, said("cast", Direction.UNDETERMINED))),
                    claims(4, List.of(named(0)), Map.of(2, said("fine-tuned", Direction.CHILD_FIRST))),
                    claims(
                            5,
                            List.of(parent(2, 0.63, Direction.ORIGIN_FIRST), parent(1, 0.37, Direction.ORIGIN_FIRST)),
                            Map.of(2, said("merged", Direction.ORIGIN_FIRST), 1, said(null, Direction.CONTRADICTORY))),
                    claims(6, List.of(), Map.of(7, said("copy", Direction.ORIGIN_FIRST))),
                    claims(7, List.of(), Map.of()),
                    claims(8, List.of(), Map.of()),
                    claims(9, List.of(), Map.of(0, said("shared-initialisation", Direction.CHILD_FIRST)))));

    /**
     * Right of tuned, tuned-again, late-child and seedmate; wrong of packed and blend; orphan has nothing to ask of.
     */
    @Test
    void countsKindsOverModelsWhoseOriginsWereCompared() {
        assertThat(scores.kinds()).isEqualTo(new Share(4, 6));
        assertThat(scores.confusion())
                .containsEntry("fine-tuned", Map.of("fine-tuned", 2))
                .containsEntry("quantised", Map.of("cast", 1))
                .containsEntry("merged", Map.of("merged or none", 1))
                .containsEntry("copy", Map.of("copy", 1));
        assertThat(mistakes(Measure.KIND)).extracting(Mistake::first).containsExactly("packed", "blend");
    }

    /** Right of tuned and blend; wrong of packed and tuned-again; late-child and orphan cannot know their parents. */
    @Test
    void countsParentsOverModelsWhoseParentsWereUploadedBefore() {
        assertThat(scores.parents()).isEqualTo(new Share(2, 4));
    }

    @Test
    void aParentOfAModelWithoutParentsIsAMistake() {
        assertThat(mistakes(Measure.PARENTS))
                .extracting(Mistake::first, Mistake::expected, Mistake::found)
                .contains(tuple("other", "none", "base"));
    }

    /**
     * Of six couples of parent and child one is undetermined; of the rest tuned, blend once and late-child are right.
     */
    @Test
    void countsDirectionsOfTrueParentsOnly() {
        assertThat(scores.directions()).isEqualTo(new Share(3, 5));
        assertThat(scores.abstentions()).isEqualTo(new Share(1, 6));
        assertThat(mistakes(Measure.DIRECTION)).extracting(Mistake::first).containsExactly("tuned-again", "blend");
    }

    @Test
    void aDirectionBetweenSiblingsIsAMistake() {
        assertThat(mistakes(Measure.SIBLING_DIRECTION))
                .extracting(Mistake::first, Mistake::second)
                .containsExactly(tuple("packed", "tuned"));
    }

    @Test
    void statesTheLargestErrorOfAShare() {
        assertThat(scores.largestShareError()).isCloseTo(0.03, within(1e-12));
        assertThat(scores.count(Measure.MERGE_WEIGHT)).isEqualTo(1);
    }

    @Test
    void aParentThatIsNotNamedCountsAsShareZero() {
        ChildScores without = ChildScores.of(
                FAMILY,
                new Kinship(FAMILY),
                List.of(claims(
                        5,
                        List.of(parent(2, Double.NaN, Direction.UNDETERMINED)),
                        Map.of(
                                2, said("merged", Direction.UNDETERMINED),
                                1, said("merged", Direction.UNDETERMINED)))));

        assertThat(without.largestShareError()).isEqualTo(0.6);
        assertThat(without.parents()).isEqualTo(new Share(0, 1));
        assertThat(without.directions().value()).as("of nothing decided").isNaN();
    }

    private List<Mistake> mistakes(Measure measure) {
        return scores.mistakes().stream()
                .filter(mistake -> mistake.measure() == measure)
                .toList();
    }

    private static Claims claims(int child, List<NamedParent> parents, Map<Integer, OriginClaim> origins) {
        return new Claims(child, parents, "reason", origins);
    }

    private static NamedParent named(int model) {
        return parent(model, Double.NaN, Direction.ORIGIN_FIRST);
    }

    private static NamedParent parent(int model, double share, Direction direction) {
        return new NamedParent(model, share, direction);
    }

    private static OriginClaim said(@Nullable String kind, Direction direction) {
        return new OriginClaim(kind, "detail", direction, "reason");
    }

    private static LineageEntry entry(String id, @Nullable String kind, List<String> parents) {
        return new LineageEntry(id, id, "made", kind, parents, List.of(), List.of());
    }
}
