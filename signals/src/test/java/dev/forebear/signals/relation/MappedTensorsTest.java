package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.Zoo;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedTensorsTest {

    private final Zoo zoo = Zoo.open();

    @ParameterizedTest
    @CsvSource({
        "base-a, base-a-sft-light, 28",
        "base-a, base-a-layer-pruned, 21",
        "base-a, base-a-depth-up, 42",
        "base-a, base-a-moe, 52",
        "base-g, base-a, 0",
        "base-a, base-a-width-pruned, 0",
    })
    void findsEveryProjectionOfMappedUnits(String base, String derived, int expected) throws IOException {
        assertThat(between(base, derived).body()).hasSize(expected);
    }

    @Test
    void holdsAnExpertAgainstTheMlpItCameFrom() throws IOException {
        List<MappedTensor> ups = between("base-a", "base-a-moe").body().stream()
                .filter(tensor -> tensor.projection() == Projection.UP)
                .toList();
        assertThat(ups).hasSize(12).allSatisfy(up -> assertThat(up.baseLayer()).isEqualTo(up.derivedLayer()));
    }

    @Test
    void findsTheRowsOfSharedTokensWhateverTheirIds() throws IOException {
        MappedTensor embedding =
                between("base-a", "base-a-adv-vocab-shuffled").embedding().orElseThrow();
        assertThat(embedding.base().length).isGreaterThan(1_000);
        assertThat(Arrays.deepEquals(embedding.base(), embedding.derived())).isTrue();
    }

    @Test
    void narrowsToRowsThatTwoRelativesHaveInCommon() throws IOException {
        MappedTensor few = tensor(new int[] {1, 4}, new double[][] {{1}, {4}});
        MappedTensor many = tensor(new int[] {0, 1, 2, 4}, new double[][] {{0}, {1}, {2}, {4}});
        MappedTensor common = many.common(few);
        assertThat(common.positions()).containsExactly(1, 4);
        assertThat(common.base()).isDeepEqualTo(new double[][] {{1}, {4}});
    }

    private static MappedTensor tensor(int[] positions, double[][] rows) {
        StoredRows stored = new StoredRows(Dtype.F32, null, () -> rows);
        return new MappedTensor("up", Projection.UP, 0, 0, 0, positions, stored, stored);
    }

    private MappedTensors between(String base, String derived) throws IOException {
        ModelWeights first = ModelWeights.of(zoo.checkpoint(base));
        ModelWeights second = ModelWeights.of(zoo.checkpoint(derived));
        return MappedTensors.between(
                first,
                second,
                LayerAlignment.of(CheckpointComparison.between(first, second).layers()));
    }
}
