package dev.forebear.signals.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.numbers.VectorInstructions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of vector instructions against plain ones: they must agree to the last bit, so that fingerprints do. */
class RowLoopsTest {

    private static final float[] SPECIAL = {
        0, -0f, Float.MIN_VALUE, -1e-40f, 1e-30f, 3e38f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };

    private final RowLoops plain = new PlainRowLoops();

    @Test
    void runsOnVectorsWhereTheProcessorHasThem() {
        assertThat(RowLoops.FASTEST instanceof VectorRowLoops).isEqualTo(VectorInstructions.AVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 8, 33})
    void squaresAreThoseOfThePlainLoop(int groups) {
        int count = groups * RowLoops.GROUP;
        for (int special = 0; special <= SPECIAL.length; special++) {
            float[] values = values(count + 5, special);
            assertSame(RowLoops.FASTEST.squares(values, 5, count), plain.squares(values, 5, count));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 8, 33})
    void productsAreThoseOfThePlainLoop(int blocks) {
        int count = blocks * RowLoops.LANES;
        for (int special = 0; special <= SPECIAL.length; special++) {
            float[] a = values(count + 3, special);
            float[] b = values(count, SPECIAL.length - special);
            assertSame(RowLoops.FASTEST.dot(a, 3, b, count), plain.dot(a, 3, b, count));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "4, 3, 16",
        "5, 64, 64",
        "8, 65, 17",
        "11, 131, 48",
        "7, 128, 5",
        "8, 4, 33",
        "8, 70, 1024",
        "4, 8, 1025"
    })
    void productsOfMatricesAreThoseOfThePlainLoop(int rows, int terms, int columns) {
        for (int special = 0; special <= SPECIAL.length; special++) {
            double[][] left = matrix(rows, terms, special);
            double[][] right = matrix(terms + 2, columns, SPECIAL.length - special);
            if (rows > 6) {
                left[6] = new double[terms];
            }
            double[][] sum = matrix(rows, columns, 0);
            double[][] expected = matrix(rows, columns, 0);
            RowLoops.FASTEST.add(new RowLoops.Product(left, right, 2, sum), 0, rows);
            plain.add(new RowLoops.Product(left, right, 2, expected), 0, rows);
            for (int i = 0; i < rows; i++) {
                assertThat(sum[i]).isEqualTo(expected[i]);
            }
        }
    }

    /** NaN is NaN, and −0 is not 0. */
    private static void assertSame(double found, double expected) {
        assertThat(Double.doubleToLongBits(found)).isEqualTo(Double.doubleToLongBits(expected));
    }

    /** Random values, a few of which are a special one; 0 for none. */
    private static float[] values(int count, int special) {
        var random = new Random(31L * count + special);
        var values = new float[count];
        for (int i = 0; i < count; i++) {
            boolean plain = special == 0 || random.nextInt(97) > 0;
            values[i] = plain ? 0.02f * (float) random.nextGaussian() : SPECIAL[special - 1];
        }
        return values;
    }

    private static double[][] matrix(int rows, int columns, int special) {
        var matrix = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            float[] values = values(columns, special);
            for (int j = 0; j < columns; j++) {
                matrix[i][j] = values[j] * (1 + i / 7.0);
            }
        }
        return matrix;
    }
}
