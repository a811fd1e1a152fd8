package dev.forebear.checkpoint.gguf;

import java.nio.ByteBuffer;

/**
 * Blocks of 256 values in groups of 16 or 32, whose scales are codes themselves under one scale d (and minima under one
 * minimum m).
 *
 * <pre>
 *   Q2_K    scales:16 codes:64 d:f16 m:f16                       d · s · code − m · n
 *   Q3_K    high:32 codes:64 scales:12 d:f16                     d · (s − 32) · (code − 4)
 *   Q4_K    d:f16 m:f16 scales:12 codes:128                      d · s · code − m · n
 *   Q5_K    d:f16 m:f16 scales:12 high:32 codes:128              d · s · code − m · n
 *   Q6_K    codes:128 high:64 scales:16 d:f16                    d · s · (code − 32)
 *   IQ4_XS  d:f16 high scales:u16 scales:4 codes:128             d · (s − 32) · table[code]
 * </pre>
 *
 * Bits of codes lie in planes: in Q2_K and Q3_K byte i of 32 holds values i, 32 + i, 64 + i and 96 + i of a half, two
 * bits each; in Q4_K and Q5_K byte i of 32 holds values i and 32 + i of a quarter.
 */
final class LargeBlocks {

    private static final int HALF = 128;
    private static final int QUARTER = 64;
    private static final int LANE = 32;
    private static final int GROUP = 16;

    private LargeBlocks() {}

    static void q2(ByteBuffer blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from + 80);
        float minimum = SmallBlocks.half(blocks, from + 82);
        for (int i = 0; i < 2 * HALF; i++) {
            int group = blocks.get(from + i / GROUP);
            int code = blocks.get(from + 16 + i / HALF * LANE + i % LANE) >>> twoBits(i) & 3;
            into[at + i] = scale * (group & 0xf) * code - minimum * (group >>> 4 & 0xf);
        }
    }

    static void q3(ByteBuffer blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from + 108);
        for (int i = 0; i < 2 * HALF; i++) {
            int low = blocks.get(from + 32 + i / HALF * LANE + i % LANE) >>> twoBits(i) & 3;
            int high = blocks.get(from + i % LANE) >>> i / LANE & 1;
            into[at + i] = scale * (scaleOfThreeBits(blocks, from + 96, i / GROUP) - 32) * (low + 4 * high - 4);
        }
    }

    /** Where in its byte a code of two bits lies. */
    private static int twoBits(int value) {
        return value % HALF / LANE * 2;
    }

    /** Sixteen scales of 6 bits: the low four in halves of 8 bytes, the high two in quarters of 4 bytes. */
    private static int scaleOfThreeBits(ByteBuffer blocks, int from, int group) {
        int low = blocks.get(from + group % 8) >>> group / 8 * 4 & 0xf;
        int high = blocks.get(from + 8 + group % 4) >>> group / 4 * 2 & 3;
        return low | high << 4;
    }

    static void q4(ByteBuffer blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from);
        float minimum = SmallBlocks.half(blocks, from + 2);
        for (int i = 0; i < 2 * HALF; i++) {
            int code = fourBits(blocks, from + 16, i);
            into[at + i] = scale * scaleOfGroup(blocks, from + 4, i / LANE) * code
                    - minimum * minimumOfGroup(blocks, from + 4, i / LANE);
        }
    }

    static void q5(ByteBuffer blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from);
        float minimum = SmallBlocks.half(blocks, from + 2);
        for (int i = 0; i < 2 * HALF; i++) {
            int high = blocks.get(from + 16 + i % LANE) >>> i / LANE & 1;
            int code = fourBits(blocks, from + 48, i) | high << 4;
            into[at + i] = scale * scaleOfGroup(blocks, from + 4, i / LANE) * code
                    - minimum * minimumOfGroup(blocks, from + 4, i / LANE);
        }
    }

    private static int fourBits(ByteBuffer blocks, int from, int value) {
        return blocks.get(from + value / QUARTER * LANE + value % LANE) >>> value % QUARTER / LANE * 4 & 0xf;
    }

    /**
     * Eight scales and eight minima of 6 bits in 12 bytes: the first four of each whole, of the others the low bits in
     * the last four bytes and the high bits above the first ones.
     */
    private static int scaleOfGroup(ByteBuffer blocks, int from, int group) {
        return group < 4
                ? blocks.get(from + group) & 0x3f
                : blocks.get(from + 4 + group) & 0xf | (blocks.get(from + group - 4) >>> 6 & 3) << 4;
    }

    private static int minimumOfGroup(ByteBuffer blocks, int from, int group) {
        return group < 4
                ? blocks.get(from + 4 + group) & 0x3f
                : blocks.get(from + 4 + group) >>> 4 & 0xf | (blocks.get(from + group) >>> 6 & 3) << 4;
    }

    static void q6(ByteBuffer blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from + 208);
        for (int i = 0; i < 2 * HALF; i++) {
            int inHalf = i % HALF;
            int low = blocks.get(from + i / HALF * QUARTER + inHalf % QUARTER) >>> inHalf / QUARTER * 4 & 0xf;
            int high = blocks.get(from + 128 + i / HALF * LANE + i % LANE) >>> twoBits(i) & 3;
            into[at + i] = scale * blocks.get(from + 192 + i / GROUP) * ((low | high << 4) - 32);
        }
    }

    static void iq4(ByteBuffer blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from);
        int highScales = Short.toUnsignedInt(blocks.getShort(from + 2));
        for (int group = 0; group < 8; group++) {
            int low = blocks.get(from + 4 + group / 2) >>> group % 2 * 4 & 0xf;
            int high = highScales >>> 2 * group & 3;
            float ofGroup = scale * ((low | high << 4) - 32);
            SmallBlocks.levels(SmallBlocks.UNEVEN, ofGroup, blocks, from + 8 + group * GROUP, into, at + group * LANE);
        }
    }
}
