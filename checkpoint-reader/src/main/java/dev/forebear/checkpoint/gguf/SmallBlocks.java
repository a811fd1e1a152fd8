package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.numbers.PackedCodes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Blocks of 32 values under one scale d, and a minimum m in some. Codes of 4 bits lie as two halves: the low bits of
 * byte i are value i, the high bits value 16 + i. A fifth bit lies apart, bit i of a word for value i.
 *
 * <pre>
 *   Q4_0    d:f16                  codes:16   d · (code − 8)
 *   Q4_1    d:f16 m:f16            codes:16   d · code + m
 *   Q5_0    d:f16        high:u32  codes:16   d · (code − 16)
 *   Q5_1    d:f16 m:f16  high:u32  codes:16   d · code + m
 *   Q8_0    d:f16                  codes:32   d · code
 *   IQ4_NL  d:f16                  codes:16   d · table[code]
 *   MXFP4   d:E8M0                 codes:16   2^(d − 127) · E2M1[code]
 * </pre>
 */
final class SmallBlocks {

    /** The codes in the low and in the high bits of bytes. */
    static final PackedCodes LOW = new PackedCodes(0, 4, 0);

    static final PackedCodes HIGH = new PackedCodes(4, 4, 0);

    private static final PackedCodes LOW_CENTRED = new PackedCodes(0, 4, 8);
    private static final PackedCodes HIGH_CENTRED = new PackedCodes(4, 4, 8);

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HALF = 16;

    /** Levels of IQ4_NL and IQ4_XS, closer to each other near zero. */
    static final byte[] UNEVEN = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    /** Twice the values of E2M1. */
    private static final byte[] E2M1_TWICE = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    private static final int E8M0_NAN = 0xff;
    private static final int E8M0_BIAS = 127;

    private SmallBlocks() {}

    static float half(byte[] blocks, int at) {
        return Float.float16ToFloat(bits(blocks, at));
    }

    static short bits(byte[] blocks, int at) {
        return (short) SHORT.get(blocks, at);
    }

    static void q4(byte[] blocks, int from, float[] into, int at) {
        float scale = half(blocks, from);
        LOW_CENTRED.widen(blocks, from + 2, HALF, scale, 0, into, at);
        HIGH_CENTRED.widen(blocks, from + 2, HALF, scale, 0, into, at + HALF);
    }

    static void q4WithMinimum(byte[] blocks, int from, float[] into, int at) {
        float scale = half(blocks, from);
        float minimum = half(blocks, from + 2);
        LOW.widen(blocks, from + 4, HALF, scale, -minimum, into, at);
        HIGH.widen(blocks, from + 4, HALF, scale, -minimum, into, at + HALF);
    }

    static void q5(byte[] blocks, int from, float[] into, int at) {
        float scale = half(blocks, from);
        int high = (int) INT.get(blocks, from + 2);
        for (int i = 0; i < HALF; i++) {
            int pair = blocks[from + 6 + i];
            into[at + i] = scale * ((pair & 0xf | fifth(high, i)) - 16);
            into[at + HALF + i] = scale * ((pair >>> 4 & 0xf | fifth(high, HALF + i)) - 16);
        }
    }

    static void q5WithMinimum(byte[] blocks, int from, float[] into, int at) {
        float scale = half(blocks, from);
        float minimum = half(blocks, from + 2);
        int high = (int) INT.get(blocks, from + 4);
        for (int i = 0; i < HALF; i++) {
            int pair = blocks[from + 8 + i];
            into[at + i] = scale * (pair & 0xf | fifth(high, i)) + minimum;
            into[at + HALF + i] = scale * (pair >>> 4 & 0xf | fifth(high, HALF + i)) + minimum;
        }
    }

    private static int fifth(int high, int value) {
        return (high >>> value & 1) << 4;
    }

    static void q8(byte[] blocks, int from, float[] into, int at) {
        float scale = half(blocks, from);
        for (int i = 0; i < 2 * HALF; i++) {
            into[at + i] = scale * blocks[from + 2 + i];
        }
    }

    static void iq4(byte[] blocks, int from, float[] into, int at) {
        levels(UNEVEN, half(blocks, from), blocks, from + 2, into, at);
    }

    static void mxfp4(byte[] blocks, int from, float[] into, int at) {
        int stored = Byte.toUnsignedInt(blocks[from]);
        float scale = stored == E8M0_NAN ? Float.NaN : Math.scalb(0.5f, stored - E8M0_BIAS);
        levels(E2M1_TWICE, scale, blocks, from + 1, into, at);
    }

    /** 32 codes of 4 bits as levels of a table. */
    static void levels(byte[] table, float scale, byte[] blocks, int from, float[] into, int at) {
        for (int i = 0; i < HALF; i++) {
            int pair = blocks[from + i];
            into[at + i] = scale * table[pair & 0xf];
            into[at + HALF + i] = scale * table[pair >>> 4 & 0xf];
        }
    }
}
