package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What travels in a fingerprint against what is computed from the weights, on the zoo. */
class PeerSimilaritiesTest {

    private static final double ROUNDING = 2e-4;

    private static final Map<String, PeerFeatures> FEATURES = new HashMap<>();

    @BeforeAll
    static void extractOnce() throws IOException {
        for (String model : GoldenZoo.models()) {
            FEATURES.put(model, PeerFeatures.of(GoldenZoo.open(model)));
        }
    }

    @Test
    void everyModelIsOneWithItself() {
        for (String model : GoldenZoo.models()) {
            assertThat(between(model, model))
                    .as(model)
                    .extracting(SignalSimilarity::similarity)
                    .allMatch(similarity -> similarity == null || similarity == 1);
        }
    }

    @Test
    void everyComparisonIsSymmetric() {
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            assertThat(between(pair.b(), pair.a())).as(pair.toString()).isEqualTo(between(pair.a(), pair.b()));
        }
    }

    @Test
    void estimatesStayWithinFourStatedDeviationsOfTheExactValues() {
        List<String> differences = new ArrayList<>();
        for (GoldenZoo.Pair pair : GoldenZoo.pairs()) {
            List<SignalSimilarity> estimates = between(pair.a(), pair.b());
            for (PeerSignal signal : PeerSignal.values()) {
                Double estimate = estimates.get(signal.ordinal()).similarity();
                Double exact = pair.comparison().signals().get(signal.ordinal()).similarity();
                if (!agrees(signal, pair, estimate, exact)) {
                    differences.add(pair + ", " + signal + ": exact " + exact + ", estimated " + estimate);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static boolean agrees(
            PeerSignal signal, GoldenZoo.Pair pair, @Nullable Double estimate, @Nullable Double exact) {
        if (estimate == null || exact == null) {
            return signal == PeerSignal.NORM_LAYERS ? estimate == null : estimate == exact;
        }
        return Math.abs(estimate - exact) <= 4 * deviation(signal, pair, exact) + ROUNDING;
    }

    private static double deviation(PeerSignal signal, GoldenZoo.Pair pair, double exact) {
        double unexplained = 1 - exact * exact;
        return switch (signal) {
            case ARCHITECTURE_SCREENING, TOKENIZER_VECTOR, EMBEDDING_ANCHORS, EMBEDDING_NORMS, LAYER_ENERGY -> 0;
            case VOCABULARY_OVERLAP -> 0.024;
            case NORM_LAYERS -> unexplained / Math.sqrt(256);
            case WEIGHT_VALUES ->
                unexplained
                        / Math.sqrt(
                                64.0 * pair.comparison().weightValueCosines().size());
        };
    }

    private static List<SignalSimilarity> between(String a, String b) {
        return PeerSimilarities.between(GoldenZoo.shape(a), FEATURES.get(a), GoldenZoo.shape(b), FEATURES.get(b));
    }
}
