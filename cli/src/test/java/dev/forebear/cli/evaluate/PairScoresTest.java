package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.cli.evaluate.Mistake.Measure;
import dev.forebear.cli.evaluate.PairOutcome.Judged;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import dev.forebear.signals.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Six models, every pair of them with a verdict that is right or wrong on purpose. */
class PairScoresTest {

    private static final Lineage FAMILY = new Lineage(List.of(
            entry("base", List.of(), List.of()),
            entry("child", List.of("base"), List.of()),
            entry("sibling", List.of("base"), List.of()),
            entry("stranger", List.of(), List.of()),
            entry("seedmate", List.of(), List.of("base")),
            entry("adapter", List.of("base"), List.of())));

    private final PairScores scores = PairScores.of(
            FAMILY,
            new Kinship(FAMILY),
            List.of(
                    judged(0, 1, Verdict.SAME_WEIGHTS, 3_300),
                    judged(0, 2, Verdict.DERIVED, 2_090),
                    judged(1, 2, Verdict.SHARED_INITIALISATION_OR_LINEAGE, 1_020),
                    judged(0, 3, Verdict.NO_EVIDENCE, -2),
                    judged(1, 3, Verdict.DERIVED, 2_010),
                    judged(2, 3, Verdict.SHARED_INITIALISATION_OR_LINEAGE, 1_007),
                    judged(0, 4, Verdict.DERIVED, 2_012),
                    judged(1, 4, Verdict.SHARED_INITIALISATION_OR_LINEAGE, 1_008),
                    judged(2, 4, Verdict.NO_EVIDENCE, 0),
                    new NotCompared(3, 4, "stranger: broken"),
                    new NotCompared(0, 5, "adapter: its base is not there"),
                    new NotCompared(1, 5, "adapter: its base is not there"),
                    new NotCompared(2, 5, "adapter: its base is not there"),
                    judged(3, 5, Verdict.NO_EVIDENCE, -3),
                    new NotCompared(4, 5, "adapter: its base is not there")));

    @Test
    void countsPairsByTheTruth() {
        assertThat(scores.count(Truth.RELATED)).isEqualTo(3);
        assertThat(scores.count(Truth.INDEPENDENT)).isEqualTo(4);
        assertThat(scores.count(Truth.AMBIGUOUS)).isEqualTo(3);
        assertThat(scores.notCompared()).hasSize(5);
    }

    @Test
    void aClaimOfSharedWeightsOnIndependentModelsIsAFalseAccusation() {
        assertThat(scores.count(Measure.FALSE_ACCUSATION)).isEqualTo(1);
        assertThat(mistake(Measure.FALSE_ACCUSATION))
                .isEqualTo(new Mistake(
                        Measure.FALSE_ACCUSATION, "stranger", "child", "independent", "derived", "evidence"));
    }

    @Test
    void accusationsOfOneCoupleOfTrainingsAreOneObservation() {
        assertThat(scores.accusations().trainings()).isEqualTo(new Share(1, 1));
    }

    @Test
    void aClaimOfASharedSeedOnIndependentModelsIsWrongButNoAccusation() {
        assertThat(scores.count(Measure.FALSE_SHARED_INITIALISATION)).isEqualTo(1);
        assertThat(mistake(Measure.FALSE_SHARED_INITIALISATION).second()).isEqualTo("sibling");
    }

    @Test
    void aSeedmateIsNeverCalledDerived() {
        assertThat(scores.count(Measure.AMBIGUOUS_CALLED_DERIVED)).isEqualTo(1);
    }

    @Test
    void aRelatedPairThatIsNotCalledRelatedIsMissed() {
        assertThat(scores.relatedFound()).isEqualTo(new Share(2, 3));
        assertThat(scores.count(Measure.RELATED_MISSED)).isEqualTo(1);
        assertThat(mistake(Measure.RELATED_MISSED).first()).isEqualTo("sibling");
    }

    /** Related 3300, 2090, 1020 against independent 2010, 1007, -2, -3: 11 of 12 couples in order. */
    @Test
    void ranksRelatedAgainstIndependentPairs() {
        assertThat(scores.roc().area()).isCloseTo(11 / 12.0, within(1e-12));
        assertThat(scores.roc().truePositivesAt(0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(scores.roc().truePositivesAt(0.25)).isEqualTo(1);
    }

    /** The stranger against base, child and sibling is one couple of trainings, three times. */
    @Test
    void takesPValuesFromIndependentPairsOnly() {
        assertThat(scores.uniformity().pValues()).hasSize(8);
        assertThat(scores.uniformity().trainings()).isEqualTo(1);
        assertThat(scores.uniformity().sampleSize()).isEqualTo(2);
    }

    private Mistake mistake(Measure measure) {
        return scores.mistakes().stream()
                .filter(mistake -> mistake.measure() == measure)
                .findFirst()
                .orElseThrow();
    }

    private static Judged judged(int earlier, int later, Verdict verdict, double strength) {
        return new Judged(earlier, later, verdict, strength, 0, "evidence", new double[] {0.3, 0.8});
    }

    private static LineageEntry entry(String id, List<String> parents, List<String> softParents) {
        return new LineageEntry(id, id, "made", null, parents, softParents, List.of());
    }
}
