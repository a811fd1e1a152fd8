package dev.forebear.checkpoint.numbers;

/**
 * Floating-point formats of eight bits, as tables of their 256 values.
 *
 * <pre>
 *   E4M3  s eeee mmm   E5M2  s eeeee mm   E8M0  eeeeeeee
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2209.05433">FP8 formats for deep learning</a> for E4M3 and E5M2
 * @see <a href="https://arxiv.org/abs/2206.02915">8-bit numerical formats for deep neural networks</a> for FNUZ
 * @see <a href="https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf">OCP MX</a> for
 *     E8M0
 */
enum EightBitFloat {
    /** Bias 7, no infinities, NaN with all bits but the sign set; largest value 448. */
    E4M3 {
        @Override
        float decode(int bits) {
            return (bits & 0x7f) == 0x7f ? Float.NaN : binary(bits, 3, 7);
        }
    },
    /** Bias 15, infinities and NaN as in IEEE 754; it is the upper half of an F16. */
    E5M2 {
        @Override
        float decode(int bits) {
            return Float.float16ToFloat((short) (bits << Byte.SIZE));
        }
    },
    /** Bias 8, no infinities, no negative zero: its place is NaN. */
    E4M3FNUZ {
        @Override
        float decode(int bits) {
            return bits == 0x80 ? Float.NaN : binary(bits, 3, 8);
        }
    },
    /** Bias 16, no infinities, no negative zero: its place is NaN. */
    E5M2FNUZ {
        @Override
        float decode(int bits) {
            return bits == 0x80 ? Float.NaN : binary(bits, 2, 16);
        }
    },
    /** A power of two from −127 to 127, no sign, no zero; NaN with all bits set. */
    E8M0 {
        @Override
        float decode(int bits) {
            return bits == 0xff ? Float.NaN : Math.scalb(1f, bits - 127);
        }
    };

    private final float[] values = new float[256];

    EightBitFloat() {
        for (int bits = 0; bits < values.length; bits++) {
            values[bits] = decode(bits);
        }
    }

    abstract float decode(int bits);

    float value(byte bits) {
        return values[Byte.toUnsignedInt(bits)];
    }

    /** Sign, exponent and mantissa with subnormals, no special values. */
    static float binary(int bits, int mantissaBits, int bias) {
        int mantissa = bits & (1 << mantissaBits) - 1;
        int exponent = (bits & 0x7f) >>> mantissaBits;
        int significand = exponent == 0 ? mantissa : mantissa | 1 << mantissaBits;
        float magnitude = Math.scalb((float) significand, Math.max(exponent, 1) - bias - mantissaBits);
        return (bits & 0x80) == 0 ? magnitude : -magnitude;
    }
}
