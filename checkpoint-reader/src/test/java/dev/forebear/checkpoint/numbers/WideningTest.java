package dev.forebear.checkpoint.numbers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.forebear.checkpoint.Dtype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WideningTest {

    @Test
    void widensEveryHalf() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertBits(widened(Dtype.F16, bits), ieee(bits, 5, 10, 15), bits);
        }
    }

    @Test
    void widensEveryBrainFloat() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertBits(widened(Dtype.BF16, bits), ieee(bits, 8, 7, 127), bits);
        }
    }

    @Test
    void widensEveryE5M2() {
        for (int bits = 0; bits < 256; bits++) {
            assertBits(widened(Dtype.F8_E5M2, bits), ieee(bits, 5, 2, 15), bits);
        }
    }

    @Test
    void widensEveryE4M3() {
        for (int bits = 0; bits < 256; bits++) {
            double expected = (bits & 0x7f) == 0x7f ? Double.NaN : finite(bits, 4, 3, 7);
            assertBits(widened(Dtype.F8_E4M3, bits), expected, bits);
        }
    }

    @Test
    void widensEveryE4M3Fnuz() {
        for (int bits = 0; bits < 256; bits++) {
            assertBits(widened(Dtype.F8_E4M3FNUZ, bits), bits == 0x80 ? Double.NaN : finite(bits, 4, 3, 8), bits);
        }
    }

    @Test
    void widensEveryE5M2Fnuz() {
        for (int bits = 0; bits < 256; bits++) {
            assertBits(widened(Dtype.F8_E5M2FNUZ, bits), bits == 0x80 ? Double.NaN : finite(bits, 5, 2, 16), bits);
        }
    }

    @Test
    void widensEveryScaleOfEightBits() {
        for (int bits = 0; bits < 256; bits++) {
            assertBits(widened(Dtype.F8_E8M0, bits), bits == 255 ? Double.NaN : Math.pow(2, bits - 127), bits);
        }
    }

    // Largest, smallest and special values as the specifications print them.
    @ParameterizedTest
    @CsvSource({
        "F16, 0x7bff, 65504",
        "F16, 0x0001, 5.9604644775390625e-8",
        "F16, 0x8000, -0.0",
        "F16, 0xfc00, -Infinity",
        "BF16, 0x3f80, 1",
        "BF16, 0x7f7f, 3.3895313892515355e38",
        "F8_E4M3, 0x7e, 448",
        "F8_E4M3, 0x01, 0.001953125",
        "F8_E4M3, 0xff, NaN",
        "F8_E5M2, 0x7b, 57344",
        "F8_E5M2, 0x7c, Infinity",
        "F8_E5M2, 0x01, 1.52587890625e-5",
        "F8_E4M3FNUZ, 0x7f, 240",
        "F8_E5M2FNUZ, 0x7f, 57344",
        "F8_E8M0, 0x00, 5.877471754111438e-39",
        "BOOL, 0x00, 0",
        "BOOL, 0x01, 1",
        "BOOL, 0x02, 1",
        "U8, 0xff, 255",
        "I8, 0xff, -1",
        "U16, 0xffff, 65535",
        "I16, 0xffff, -1",
        "U32, 0xffffffff, 4294967296",
        "I32, 0xffffffff, -1",
        "F32, 0x00000001, 1.401298464324817e-45",
        "I64, 0xffffffffffffffff, -1",
        "U64, 0xffffffffffffffff, 18446744073709551616",
        "U64, 0x8000008000000000, 9223372036854775808",
        "U64, 0x8000008000000001, 9223373136366403584",
        "F64, 0x3ff8000000000000, 1.5",
        "F64, 0x47f0000000000000, Infinity"
    })
    void widensKnownValues(Dtype dtype, String bits, Double value) {
        assertThat((double) widened(dtype, Long.parseUnsignedLong(bits.substring(2), 16)))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @EnumSource(Dtype.class)
    void widensAllThatItSupports(Dtype dtype) {
        if (Widening.supports(dtype)) {
            assertThat(widened(dtype, 0)).isBetween(0f, 1e-38f);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> widened(dtype, 0));
        }
    }

    @Test
    void widensSeveralFromAndToTheMiddle() {
        var from =
                ByteBuffer.wrap(new byte[] {9, 9, 0, 0x3c, 0, 0x40, 0, 0x42, 9}).order(ByteOrder.LITTLE_ENDIAN);
        var into = new float[5];
        Widening.widen(Dtype.F16, from.position(2), into, 1, 3);
        assertThat(into).containsExactly(0, 1, 2, 3, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Dtype.class,
            names = {"BF16", "F16", "I8", "F8_E4M3", "F8_E5M2"})
    void widensManyAsOneByOneInsideAndOutsideTheHeap(Dtype dtype) {
        int width = dtype.bits() / Byte.SIZE;
        for (int count : new int[] {0, 1, 2, 3, 31, 32, 33, 1_000, 8_191}) {
            var bytes = new byte[count * width];
            new Random(count).nextBytes(bytes);
            var expected = new float[count + 1];
            for (int i = 0; i < count; i++) {
                var one = ByteBuffer.wrap(bytes, i * width, width).slice().order(ByteOrder.LITTLE_ENDIAN);
                Widening.widen(dtype, one, expected, i + 1, 1);
            }
            var heap = new float[count + 1];
            Widening.widen(dtype, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), heap, 1, count);
            assertThat(heap).isEqualTo(expected);
            var direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.LITTLE_ENDIAN);
            var outside = new float[count + 1];
            Widening.widen(dtype, direct.put(0, bytes), outside, 1, count);
            assertThat(outside).isEqualTo(expected);
        }
    }

    private static float widened(Dtype dtype, long bits) {
        var from = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bits);
        var into = new float[1];
        Widening.widen(dtype, from, into, 0, 1);
        return into[0];
    }

    private static double ieee(int bits, int exponentBits, int mantissaBits, int bias) {
        int exponent = bits >> mantissaBits & (1 << exponentBits) - 1;
        if (exponent == (1 << exponentBits) - 1) {
            boolean infinite = (bits & (1 << mantissaBits) - 1) == 0;
            boolean negative = bits >> exponentBits + mantissaBits == 1;
            return !infinite ? Double.NaN : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return finite(bits, exponentBits, mantissaBits, bias);
    }

    /** The definition: (−1)^s · 2^(max(e, 1) − bias) · ([e > 0] + m / 2^mantissaBits). */
    private static double finite(int bits, int exponentBits, int mantissaBits, int bias) {
        int sign = bits >> exponentBits + mantissaBits & 1;
        int exponent = bits >> mantissaBits & (1 << exponentBits) - 1;
        double fraction = (bits & (1 << mantissaBits) - 1) / Math.pow(2, mantissaBits);
        return (sign == 1 ? -1 : 1) * Math.pow(2, Math.max(exponent, 1) - bias) * ((exponent > 0 ? 1 : 0) + fraction);
    }

    private static void assertBits(float found, double expected, int bits) {
        if (Double.isNaN(expected)) {
            assertThat(found).as("bits %x", bits).isNaN();
        } else {
            assertThat(Float.floatToRawIntBits(found)).as("bits %x", bits).isEqualTo(Float.floatToRawIntBits((float)
                    expected));
        }
    }
}
