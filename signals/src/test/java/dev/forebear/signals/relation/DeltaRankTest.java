package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Dtype;
import dev.forebear.signals.weights.Projection;
import java.io.IOException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeltaRankTest {

    @ParameterizedTest
    @EnumSource(
            value = Dtype.class,
            names = {"BF16", "F16", "F32"})
    void countsTheRankOfWhatWasAddedBeforeRounding(Dtype dtype) throws IOException {
        double[][] base = matrix(1, 0.05);
        double[][] left = matrix(2, 0.02);
        double[][] right = matrix(3, 1);
        DeltaRank found = rank(dtype, base, (i, j) -> {
            double sum = base[i][j];
            for (int k = 0; k < 5; k++) {
                sum += left[k][i] * right[k][j];
            }
            return sum;
        });
        assertThat(found.rank()).isEqualTo(5);
        assertThat(found.largest()).isGreaterThan(10);
        assertThat(found.gap()).isGreaterThan(2);
    }

    @Test
    void roundingAloneHasNoRank() throws IOException {
        double[][] base = matrix(1, 0.05);
        assertThat(rank(Dtype.BF16, base, (i, j) -> base[i][j]).rank()).isZero();
    }

    @Test
    void trainingOfAllWeightsHasFullRank() throws IOException {
        double[][] base = matrix(1, 0.05);
        double[][] change = matrix(4, 0.01);
        DeltaRank found = rank(Dtype.BF16, base, (i, j) -> base[i][j] + change[i][j]);
        assertThat((double) found.rank()).isGreaterThan(found.limit());
    }

    private interface Element {
        double at(int row, int column);
    }

    private static DeltaRank rank(Dtype dtype, double[][] base, Element derived) throws IOException {
        double[][] before = new double[base.length][base[0].length];
        double[][] after = new double[base.length][base[0].length];
        for (int i = 0; i < base.length; i++) {
            for (int j = 0; j < base[i].length; j++) {
                before[i][j] = Rounding.to(Dtype.F16).nearest(base[i][j]);
                after[i][j] = Rounding.to(dtype).nearest(derived.at(i, j));
            }
        }
        return DeltaRank.of(new MappedTensor(
                "up",
                Projection.UP,
                0,
                0,
                0,
                IntStream.range(0, base.length).toArray(),
                new StoredRows(Dtype.F16, null, () -> before),
                new StoredRows(dtype, null, () -> after)));
    }

    private static double[][] matrix(long seed, double size) {
        Random random = new Random(seed);
        double[][] matrix = new double[96][96];
        for (double[] row : matrix) {
            for (int i = 0; i < row.length; i++) {
                row[i] = size * random.nextGaussian();
            }
        }
        return matrix;
    }
}
