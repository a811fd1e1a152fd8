package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.FingerprintComparison.Compared;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgementTest {

    @Test
    void equalWeightsNeedNoOtherProof() {
        assertThat(judge(new Compared(List.of(), -300, -300, 1, 1, true, List.of()), 1_000_000)
                        .verdict())
                .isEqualTo(Verdict.SAME_WEIGHTS);
    }

    @Test
    void countsEveryModelThatWasSearched() {
        assertThat(judge(compared(-20, -4, 0.5), 1_000_000).log10EValue()).isCloseTo(-14, within(1e-12));
    }

    @Test
    void countsAtLeastAThousandModels() {
        assertThat(judge(compared(-20, -4, 0.5), 1).log10EValue()).isCloseTo(-17, within(1e-12));
    }

    @Test
    void establishedLineageNeedsOneInAMillionOverTheWholeRegistry() {
        assertThat(judge(compared(-12, -4, 0.5), 1_000_000).verdict()).isEqualTo(Verdict.DERIVED);
        assertThat(judge(compared(-11.9, -4, 0.5), 1_000_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    @Test
    void smallPValueWithoutAnExactBoundProvesNothing() {
        assertThat(judge(compared(-300, -2.9, 0.9), 1_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    @Test
    void equalCoordinatesWithoutASharedFunctionAreNoAccusation() {
        assertThat(judge(compared(-300, -13, 0.24), 1_000).verdict())
                .isEqualTo(Verdict.SHARED_INITIALISATION_OR_LINEAGE);
    }

    @Test
    void equalCoordinatesWithAnUnknownFunctionAreNoAccusation() {
        assertThat(judge(compared(-300, -13, Double.NaN), 1_000).verdict())
                .isEqualTo(Verdict.SHARED_INITIALISATION_OR_LINEAGE);
    }

    @Test
    void sharedFunctionAloneProvesNothing() {
        assertThat(judge(compared(-1, -1, 1), 1_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    @Test
    void nominatesWhatSharesMoreFunctionThanIndependentModelsDo() {
        assertThat(compared(0, 0, 0.20).nominated()).isTrue();
        assertThat(compared(0, 0, 0.19).nominated()).isFalse();
        assertThat(compared(0, 0, Double.NaN).nominated()).isFalse();
        assertThat(new Compared(List.of(), -300, -300, 1, 1, true, List.of()).nominated())
                .isFalse();
    }

    @Test
    void nominatesWhatHoldsTheSameEmbeddings() {
        assertThat(withGeometry(0.35).nominated()).isTrue();
        assertThat(withGeometry(0.34).nominated()).isFalse();
        assertThat(withGeometry(0.70).nomination()).isCloseTo(2, within(1e-12));
        assertThat(withGeometry(Double.NaN).nomination()).isZero();
        assertThat(judge(withGeometry(1), 1_000).verdict()).isEqualTo(Verdict.NO_EVIDENCE);
    }

    private static Compared withGeometry(double embeddingGeometry) {
        return new Compared(List.of(), 0, 0, 0, Double.NaN, embeddingGeometry, false, List.of());
    }

    private static Judgement judge(Compared compared, long registrySize) {
        return Judgement.judge(compared, registrySize);
    }

    private static Compared compared(double log10PValue, double log10ExactBound, double sharedFunction) {
        return new Compared(List.of(), log10PValue, log10ExactBound, 0.5, sharedFunction, false, List.of());
    }
}
