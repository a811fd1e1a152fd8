package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic that is fast is the arithmetic that is right, up to the largest values. */
class PackedArithmeticTest {

    private final Random random = new Random(11);

    @Test
    void packedProductsAreThoseOfTheBytes() {
        for (int length : new int[] {1, 3, 4, 64, 68, 820, 1_600}) {
            assertProducts(bytes(length), bytes(length));
        }
        assertProducts(filled(-128), filled(-128));
        assertProducts(filled(-128), filled(127));
    }

    private static void assertProducts(byte[] a, byte[] b) {
        int ints = (a.length + 3) / 4;
        int product = dot(a, 0, b, 0, a.length);
        assertThat(PackedBytes.dot(PackedBytes.of(a), 0, PackedBytes.of(b), 0, ints))
                .isEqualTo(product);
        assertThat(PackedBytes.plainDot(PackedBytes.of(a), 0, PackedBytes.of(b), 0, ints))
                .isEqualTo(product);
    }

    @Test
    void rowProductsAreThoseOfTheRows() {
        assertRowProducts(bytes(PositionalSketch.SIZE), bytes(PositionalSketch.SIZE));
        assertRowProducts(filled(127), filled(127));
        assertRowProducts(filled(127), filled(-127));
        assertRowProducts(filled(-128), filled(-128));
    }

    private static void assertRowProducts(byte[] a, byte[] b) {
        double[][] similarity =
                RowProducts.of(PackedBytes.of(a), PackedBytes.of(b)).similarity();
        double scale =
                PositionalSketch.ROWS / Math.sqrt((double) dot(a, 0, a, 0, a.length) * dot(b, 0, b, 0, b.length));
        for (int i = 0; i < PositionalSketch.ROWS; i++) {
            for (int j = 0; j < PositionalSketch.ROWS; j++) {
                int product = dot(a, i * PositionalSketch.BUCKETS, b, j * PositionalSketch.BUCKETS, 32);
                assertThat(similarity[i][j]).isCloseTo(scale * product, within(1e-9));
            }
        }
    }

    @Test
    void countsSignsThatDiffer() {
        double[] values = new double[130];
        Arrays.fill(values, 1);
        long[] positive = SignBits.of(values);
        values[0] = -1;
        values[64] = -0.5;
        values[129] = -2;
        assertThat(SignBits.differing(positive, 0, SignBits.of(values), 0, SignBits.longs(130)))
                .isEqualTo(3);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[PositionalSketch.SIZE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static int dot(byte[] a, int fromA, byte[] b, int fromB, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += a[fromA + i] * b[fromB + i];
        }
        return sum;
    }
}
