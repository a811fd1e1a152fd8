package dev.forebear.signals.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Layer energies and weight values: what is read of a block, and how two are compared. */
class LayerSignalsTest {

    @Test
    void samplesEveryNthValueOfLargeMatrix() throws IOException {
        ArrayTensor matrix = ramp(1_000_000);
        float[] sample = MatrixReading.whole(matrix).sample();
        assertThat(sample).hasSize(4_096);
        assertThat(sample[1]).isEqualTo(1_000_000 / 4_096);
        assertThat(sample[4_095]).isEqualTo(4_095 * (1_000_000 / 4_096));
    }

    @Test
    void takesEveryValueOfSmallMatrix() throws IOException {
        assertThat(MatrixReading.whole(ramp(4_096)).sample()).hasSize(4_096);
        assertThat(MatrixReading.whole(ramp(10)).sample()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void sampledNormOfLargeMatrixIsNearTheExactOne() throws IOException {
        ArrayTensor matrix = ArrayTensor.random("w", 5, 1_000, 1_000);
        double exact = MatrixReading.whole(matrix).norm();
        assertThat(exact).isCloseTo(1_000, within(3.0));
        assertThat(MatrixReading.sampled(matrix).norm()).isCloseTo(exact, within(0.01 * exact));
    }

    @Test
    void sampledReadingOfSmallMatrixIsExact() throws IOException {
        ArrayTensor matrix = ArrayTensor.random("w", 5, 256, 512);
        MatrixReading sampled = MatrixReading.sampled(matrix);
        assertThat(sampled.norm()).isEqualTo(MatrixReading.whole(matrix).norm());
        assertThat(sampled.sample()).isEqualTo(MatrixReading.whole(matrix).sample());
    }

    @Test
    void sampledBlockOfManyExpertsIsScaledUp() throws IOException {
        List<Tensor> experts = IntStream.range(0, 100)
                .mapToObj(i -> (Tensor) ArrayTensor.random("experts." + i + ".up_proj", i, 64, 64))
                .toList();
        LayerReading sampled = LayerReading.sampled(experts);
        assertThat(sampled.sample()).hasSize(32 * 4_096);
        double exact = LayerReading.whole(experts).energy();
        assertThat(sampled.energy()).isCloseTo(exact, within(0.01 * exact));
    }

    @Test
    void packedWeightsAreNotComparable() {
        List<Tensor> packed = List.of(
                ArrayTensor.random("layers.0.q_proj.qweight", 1, 8, 8).withDtype(Dtype.I32),
                ArrayTensor.random("layers.0.q_proj.scales", 1, 8, 8));
        assertThat(LayerMatrices.of(packed)).isEmpty();
        assertThat(LayerEnergy.similarity(LayerEnergy.profile(new TreeMap<>()), new float[] {1, 2}))
                .isNull();
    }

    @Test
    void storedAttentionMaskIsNoPackedWeight() {
        List<Tensor> tensors = List.of(
                ArrayTensor.random("h.0.attn.bias", 1, 1, 1, 4, 4).withDtype(Dtype.U8),
                ArrayTensor.random("h.0.attn.c_attn.weight", 1, 4, 12));
        assertThat(LayerMatrices.of(tensors).get(0)).hasSize(2);
    }

    @Test
    void missingBlockHasNoEnergy() {
        TreeMap<Integer, Double> energies = new TreeMap<>();
        energies.put(0, 2.0);
        energies.put(2, 4.0);
        assertThat(LayerEnergy.profile(energies)).containsExactly(0.5f, 0, 1);
    }

    @Test
    void undefinedEnergyIsNotComparable() {
        TreeMap<Integer, Double> energies = new TreeMap<>();
        energies.put(0, Double.NaN);
        energies.put(1, 1.0);
        assertThat(LayerEnergy.profile(energies)).isEmpty();
    }

    // numpy: corrcoef(interp(linspace(0,1,3), linspace(0,1,4), [.2,.9,.4,1]), [.5,.3,.9])
    @Test
    void interpolatesToTheShorterProfile() {
        Double similarity = LayerEnergy.similarity(new float[] {.2f, .9f, .4f, 1}, new float[] {.5f, .3f, .9f});
        assertThat(similarity).isCloseTo(0.7993, within(1e-4));
    }

    @Test
    void weightValuesNeedTwoBlocksOfSixtyFourValues() {
        float[] values = ArrayTensor.random("w", 1, 64).values();
        assertThat(WeightValues.cosine(values, values)).isCloseTo(1, within(1e-12));
        assertThat(WeightValues.cosine(values, new float[63])).isNull();
        assertThat(WeightValues.mean(List.of(1.0))).isNull();
        assertThat(WeightValues.mean(List.of(1.0, 0.5))).isEqualTo(0.75);
    }

    private static ArrayTensor ramp(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i;
        }
        return ArrayTensor.of("ramp", List.of((long) length), values);
    }
}
