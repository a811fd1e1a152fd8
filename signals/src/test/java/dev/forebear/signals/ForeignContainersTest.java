package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.FingerprintComparison.Compared;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derived models in containers of other kinds than their base's. */
class ForeignContainersTest {

    private final Zoo zoo = Zoo.open();

    @Test
    void findsFineTuneInAPyTorchFile() throws IOException {
        assertThat(verdict("base-g", "base-g-sft-bin")).isEqualTo(Verdict.DERIVED);
    }

    @ParameterizedTest
    @CsvSource({"base-a", "base-b", "base-c", "trap-config"})
    void findsNothingBetweenItAndStrangers(String stranger) throws IOException {
        assertThat(verdict(stranger, "base-g-sft-bin")).isEqualTo(Verdict.NO_EVIDENCE);
    }

    private Verdict verdict(String base, String model) throws IOException {
        var compared = (Compared) prepared(base).compareTo(prepared(model));
        return Judgement.judge(compared, 1).verdict();
    }

    private PreparedFingerprint prepared(String model) throws IOException {
        try (Checkpoint checkpoint = zoo.checkpoint(model)) {
            return PreparedFingerprint.of(Fingerprinter.fingerprint(checkpoint));
        }
    }
}
