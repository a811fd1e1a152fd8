package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.signals.ModelShape;
import dev.forebear.signals.statistics.RandomPermutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * P-values under the null itself: features of models that have nothing to do with each other, drawn at random as
 * exchangeability says they are. The zoo has too few independent models to tell one in a thousand; this can.
 */
class NullCalibrationTest {

    private static final int MODELS = 400;
    private static final int LAYERS = 32;
    private static final ModelShape SHAPE =
            new ModelShape("llama", 4_096, LAYERS, 14_336, 32, 8, 128, 128_256, 1, true, false, "BF16");

    @Test
    void screenCallsNoMoreThanItsShareOfStrangers() {
        List<PreparedEvidence> models = strangers();
        int pairs = 0;
        int belowOneInAHundred = 0;
        int belowOneInAThousand = 0;
        for (int i = 0; i < MODELS; i++) {
            for (int j = i + 1; j < MODELS; j++) {
                double log10PValue = models.get(i).log10Screen(models.get(j));
                pairs++;
                belowOneInAHundred += log10PValue < -2 ? 1 : 0;
                belowOneInAThousand += log10PValue < -3 ? 1 : 0;
            }
        }
        // Five standard deviations of a count above its expectation.
        assertThat(belowOneInAHundred).isBetween(pairs / 200, pairs / 100 + 5 * (int) Math.sqrt(pairs / 100.0));
        assertThat(belowOneInAThousand).isBetween(pairs / 4_000, pairs / 1_000 + 5 * (int) Math.sqrt(pairs / 1_000.0));
    }

    private static List<PreparedEvidence> strangers() {
        Random random = new Random(20261120);
        List<PreparedEvidence> models = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            models.add(new PreparedEvidence(
                    SHAPE,
                    new EvidenceFeatures(
                            new PositionalSketch(
                                    normal(random), 131_072, normal(random), 65_536, normal(random), 4_096),
                            new NeuronScalars(16, LAYERS, ranks(random), ranks(random)),
                            null,
                            List.of())));
        }
        return models;
    }

    private static byte[] normal(Random random) {
        byte[] sketch = new byte[PositionalSketch.SIZE];
        for (int i = 0; i < sketch.length; i++) {
            sketch[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 40), -127, 127);
        }
        return sketch;
    }

    private static byte[] ranks(Random random) {
        RandomPermutation permutation = new RandomPermutation(16, random.nextLong());
        byte[] ranks = new byte[16 * LAYERS];
        for (int layer = 0; layer < LAYERS; layer++) {
            int[] order = permutation.next();
            for (int i = 0; i < 16; i++) {
                ranks[layer * 16 + i] = (byte) (2 * order[i] - 15);
            }
        }
        return ranks;
    }
}
