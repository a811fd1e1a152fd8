package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Equality with the reference program on every pair of the zoo's models of plain floating point. */
class GoldenPairsTest {

    private static final double TOLERANCE = 1e-4;

    private static final Map<String, PeerSignal> COLUMNS = Map.of(
            "mfi", PeerSignal.ARCHITECTURE_SCREENING,
            "tfv", PeerSignal.TOKENIZER_VECTOR,
            "voa", PeerSignal.VOCABULARY_OVERLAP,
            "eas", PeerSignal.EMBEDDING_ANCHORS,
            "nlf", PeerSignal.NORM_LAYERS,
            "lep", PeerSignal.LAYER_ENERGY,
            "end", PeerSignal.EMBEDDING_NORMS,
            "wvc", PeerSignal.WEIGHT_VALUES);

    @Test
    void coversEveryPairOfPlainModels() {
        int models = GoldenZoo.models().size();
        assertThat(models).isEqualTo(34);
        assertThat(GoldenZoo.pairs()).hasSize(models * (models - 1) / 2);
    }

    @Test
    void everySignalEqualsTheReference() {
        List<String> differences = new ArrayList<>();
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            COLUMNS.forEach((column, signal) -> compare(
                    pair,
                    column,
                    pair.comparison().signals().get(signal.ordinal()).similarity(),
                    differences));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void screeningTierAndIdentityEqualTheReference() {
        List<String> differences = new ArrayList<>();
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            compare(pair, "mfi_tier", (double) pair.comparison().architectureTier(), differences);
            compare(pair, "identity", pair.comparison().identity().score(), differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(GoldenZoo.Pair pair, String column, @Nullable Double found, List<String> differences) {
        String cell = pair.golden().get(column);
        Double expected = cell.isEmpty() ? null : Double.valueOf(cell);
        boolean equal =
                expected == null || found == null ? expected == found : Math.abs(expected - found) <= TOLERANCE + 1e-9;
        if (!equal) {
            differences.add(pair + ", " + column + ": expected " + expected + ", found " + found);
        }
    }
}
