package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityScoreTest {

    @Test
    void leavesOutWhatIsNotComparableAndRescalesTheRest() {
        IdentityScore score = IdentityScore.of(List.of(
                SignalSimilarity.of(PeerSignal.EMBEDDING_ANCHORS, 1.0),
                SignalSimilarity.of(PeerSignal.LAYER_ENERGY, 0.5),
                SignalSimilarity.of(PeerSignal.WEIGHT_VALUES, (Double) null)));
        assertThat(score.score()).isEqualTo(0.8462);
        assertThat(score.band()).isEqualTo(IdentityScore.Band.HIGH_CONFIDENCE);
    }

    @Test
    void bandsBeginAboveTheirThresholds() {
        assertThat(bandOf(0.75)).isEqualTo(IdentityScore.Band.WEAK);
        assertThat(bandOf(0.7501)).isEqualTo(IdentityScore.Band.HIGH_CONFIDENCE);
        assertThat(bandOf(0.65)).isEqualTo(IdentityScore.Band.NOT_MATCHED);
    }

    @Test
    void architectureAndTokenizerCarryNoWeight() {
        IdentityScore score = IdentityScore.of(List.of(
                SignalSimilarity.of(PeerSignal.ARCHITECTURE_SCREENING, 1.0),
                SignalSimilarity.of(PeerSignal.TOKENIZER_VECTOR, 1.0),
                SignalSimilarity.of(PeerSignal.VOCABULARY_OVERLAP, 1.0)));
        assertThat(score.score()).isNull();
        assertThat(score.band()).isEqualTo(IdentityScore.Band.INSUFFICIENT_DATA);
    }

    private static IdentityScore.Band bandOf(double similarity) {
        return IdentityScore.of(List.of(SignalSimilarity.of(PeerSignal.EMBEDDING_ANCHORS, similarity)))
                .band();
    }
}
