package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.evidence.EvidenceFeatures;
import dev.forebear.signals.evidence.Functionals;
import dev.forebear.signals.evidence.NeuronScalars;
import dev.forebear.signals.evidence.PositionalSketch;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The largest evidence that can travel: no record takes more, whatever the hidden size or the vocabulary. */
class FingerprintSizeTest {

    private static final int LARGEST_FINGERPRINT = 64 * 1024;
    private static final int ROOM_FOR_PEER_FEATURES = 24 * 1024;

    @Test
    void evidenceOfOneHundredTwentySixLayersLeavesRoomForThePeerFeatures() {
        int layers = 126;
        EvidenceFeatures largest = new EvidenceFeatures(
                new PositionalSketch(new byte[512], 524_288, new byte[512], 262_144, new byte[512], 16_384),
                new NeuronScalars(16, layers, new byte[16 * layers], new byte[16 * layers]),
                new Functionals(40, new byte[6 * 1_600], new byte[6 * 1_600], new byte[2 * 512], new byte[820]),
                List.of());
        assertThat(bytes(largest)).isLessThan(LARGEST_FINGERPRINT - ROOM_FOR_PEER_FEATURES);
        assertThat(bytes(largest)).isEqualTo(26_612);
    }

    private static int bytes(EvidenceFeatures features) {
        PositionalSketch positional = Objects.requireNonNull(features.positional());
        NeuronScalars neurons = Objects.requireNonNull(features.neuronScalars());
        Functionals functionals = Objects.requireNonNull(features.functionals());
        return positional.gateUp().length
                + positional.value().length
                + positional.gains().length
                + neurons.firstScalar().length
                + neurons.secondScalar().length
                + functionals.queryKey().length
                + functionals.feedForward().length
                + functionals.anchors().length
                + functionals.geometry().length;
    }
}
