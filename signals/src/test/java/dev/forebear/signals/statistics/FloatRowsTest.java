package dev.forebear.signals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 255, 256, 1_023, 1_024, 1_025, 4_096, 8_191})
    void agreesWithTheSumInDoublePrecision(int count) {
        float[] values = gaussian(count + 3, 0.02f);
        double expected = inDouble(values, 3, count);
        assertThat(FloatRows.squaredLength(values, 3, count)).isCloseTo(expected, within(0x1p-22 * expected));
    }

    @ParameterizedTest
    @ValueSource(floats = {1e-44f, 1e-30f, 1e-20f, 1e20f, 3e38f})
    void keepsWhatSinglePrecisionCannotSquare(float scale) {
        float[] values = new float[2_048];
        Arrays.fill(values, scale);
        double expected = inDouble(values, 0, values.length);
        assertThat(FloatRows.squaredLength(values, 0, values.length)).isCloseTo(expected, within(1e-12 * expected));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void isNotFiniteWhenAValueIsNot(float value) {
        for (int at : new int[] {0, 700, 2_047}) {
            float[] values = gaussian(2_048, 1);
            values[at] = value;
            assertThat(FloatRows.squaredLength(values, 0, values.length)).isNotFinite();
        }
    }

    @Test
    void isTheSameOnEveryProcessor() {
        assertThat(FloatRows.squaredLength(gaussian(5_000, 0.02f), 0, 5_000)).isEqualTo(2.0357821573840824);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 4_096, 8_191})
    void dotAgreesWithTheSumInOrder(int count) {
        float[] a = gaussian(count + 3, 0.02f);
        float[] b = Arrays.copyOf(gaussian(count + 9, 30), count);
        double expected = 0;
        double magnitude = 0;
        for (int i = 0; i < count; i++) {
            expected += (double) a[i + 3] * b[i];
            magnitude += Math.abs((double) a[i + 3] * b[i]);
        }
        assertThat(FloatRows.dot(a, 3, b)).isCloseTo(expected, within(1e-13 * magnitude));
    }

    private static float[] gaussian(int count, float scale) {
        var random = new Random(17);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }

    private static double inDouble(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }
}
