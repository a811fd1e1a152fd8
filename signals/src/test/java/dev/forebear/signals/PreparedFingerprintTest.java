package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PreparedFingerprintTest {

    @Test
    void refusesAnotherAlgorithmVersion() throws IOException {
        Fingerprint present = fingerprint("base-a");
        Fingerprint other = new Fingerprint(
                present.algorithmVersion() + 1,
                present.weightsDigest(),
                present.parameters(),
                present.shape(),
                present.peer(),
                present.evidence());
        assertThat(FingerprintComparison.between(present, other))
                .isEqualTo(new FingerprintComparison.NotComparable(
                        "expected fingerprints of one algorithm version, found 1 and 2"));
        assertThat(PreparedFingerprint.of(present).screen(PreparedFingerprint.of(other)))
                .isZero();
    }

    @Test
    void letsEqualWeightsThroughTheScreen() throws IOException {
        PreparedFingerprint original = PreparedFingerprint.of(fingerprint("base-a"));
        assertThat(original.screen(PreparedFingerprint.of(fingerprint("base-a-copy"))))
                .isEqualTo(-300);
    }

    @Test
    void countsTheParametersOfAllShards() throws IOException {
        assertThat(fingerprint("base-a-copy").parameters())
                .isEqualTo(fingerprint("base-a").parameters())
                .isPositive();
    }

    @Test
    void readsTheShapeFromTheTensors() throws IOException {
        ModelShape shape = fingerprint("base-a-moe").shape();
        assertThat(shape.experts()).isEqualTo(3);
        assertThat(shape.gatedMlp()).isTrue();
        assertThat(shape.tiedEmbeddings()).isTrue();
        assertThat(shape.dtype()).isEqualTo("BF16");
    }

    private static Fingerprint fingerprint(String model) throws IOException {
        try (Checkpoint checkpoint = Zoo.open().checkpoint(model)) {
            return Fingerprinter.fingerprint(checkpoint);
        }
    }
}
