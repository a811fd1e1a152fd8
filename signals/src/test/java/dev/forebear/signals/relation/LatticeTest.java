package dev.forebear.signals.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatticeTest {

    @Test
    void weightsInSixteenBitsAreNotCoarse() {
        assertThat(Lattice.of(weights(Rounding.BF16::nearest)).coarse()).isFalse();
        assertThat(Lattice.of(weights(Rounding.F16::nearest)).coarse()).isFalse();
    }

    @Test
    void prunedWeightsAreNotCoarse() {
        double[][] pruned = weights(value -> Math.abs(value) < 0.7 ? 0 : Rounding.BF16.nearest(value));
        assertThat(Lattice.of(pruned).coarse()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127, '8 bit, per row'",
        "31, '5 to 6 bit, or 8-bit floating point'",
        "7, 4 bit or fewer",
        "1, 4 bit or fewer"
    })
    void tellsTheBitsOfAGridByItsRows(int largest, String words) {
        Lattice lattice = Lattice.of(rounded(weights(value -> value), largest));
        assertThat(lattice.coarse()).isTrue();
        assertThat(lattice.words()).isEqualTo(words);
    }

    @Test
    void eightBitFloatingPointIsCoarse() {
        double[][] weights = weights(value -> {
            double step = Math.scalb(1.0, Math.getExponent(value) - 3);
            return Math.rint(value / step) * step;
        });
        assertThat(Lattice.of(weights).words()).contains("8-bit floating point");
    }

    @Test
    void errorsOfRoundingFollowTheGridAndTrainingDoesNot() {
        double[][] weights = weights(value -> value);
        double[][] rounded = rounded(weights, 7);
        assertThat(isRounding(rounded, weights)).isTrue();

        double[][] trained = rounded.clone();
        Random random = new Random(2);
        for (int i = 0; i < trained.length; i++) {
            trained[i] = Arrays.stream(rounded[i])
                    .map(value -> value + 0.1 * random.nextGaussian())
                    .toArray();
        }
        assertThat(isRounding(rounded, trained)).isFalse();
    }

    private static boolean isRounding(double[][] on, double[][] off) {
        RoundingErrors errors = new RoundingErrors(Lattice.of(on));
        errors.add(on, off);
        return errors.isRounding();
    }

    private static double[][] weights(DoubleUnaryOperator written) {
        Random random = new Random(1);
        double[][] rows = new double[64][128];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> written.applyAsDouble(random.nextGaussian()));
        }
        return rows;
    }

    private static double[][] rounded(double[][] rows, int largest) {
        double[][] rounded = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            double step = Arrays.stream(rows[i]).map(Math::abs).max().orElseThrow() / largest;
            rounded[i] = Arrays.stream(rows[i])
                    .map(value -> Math.rint(value / step) * step)
                    .toArray();
        }
        return rounded;
    }
}
