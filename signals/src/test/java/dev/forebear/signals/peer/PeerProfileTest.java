package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Profiles of checkpoints, which are read apart, against checkpoints that are read side by side. */
class PeerProfileTest {

    private static final Map<String, PeerProfile> PROFILES = new HashMap<>();

    @BeforeAll
    static void readOnce() throws IOException {
        for (String model : GoldenZoo.models()) {
            PROFILES.put(model, PeerProfile.of(GoldenZoo.open(model)));
        }
    }

    @Test
    void giveTheScoresOfTheCheckpoints() {
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            PeerResemblance apart = PROFILES.get(pair.a()).with(PROFILES.get(pair.b()));
            assertThat(apart.architectureTier()).isEqualTo(pair.comparison().architectureTier());
            for (PeerSignal signal : PeerSignal.values()) {
                Double exact = pair.comparison().signals().get(signal.ordinal()).similarity();
                Double found = apart.signals().get(signal.ordinal()).similarity();
                if (exact == null || found == null) {
                    assertThat(found).as("%s, %s", pair, signal).isEqualTo(exact);
                } else if (signal != PeerSignal.VOCABULARY_OVERLAP) {
                    assertThat(found).as("%s, %s", pair, signal).isCloseTo(exact, within(1e-4 + 1e-9));
                }
            }
        }
    }

    @Test
    void areSymmetric() {
        PeerProfile a = PROFILES.get("base-a");
        PeerProfile g = PROFILES.get("base-g");

        assertThat(a.with(g)).isEqualTo(g.with(a));
    }

    @Test
    void refuseVectorsThatAreNotWhole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerVectors(9, new float[575], List.of()))
                .withMessage("norm layers: expected 9 vectors of one length, found 575 values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PeerVectors(0, new float[0], List.of(new float[(1 << 17) + 1])))
                .withMessage("weight values of a block: expected at most 131072, found 131073");
    }
}
