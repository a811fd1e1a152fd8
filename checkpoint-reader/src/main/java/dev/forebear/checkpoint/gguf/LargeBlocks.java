package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.numbers.PackedCodes;

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
    private static final int LANES = 8;
    private static final int GROUP = 16;
    private static final int GROUPS = 16;

    /** The codes in each quarter of bytes. */
    private static final PackedCodes[] TWO_BITS = {
        new PackedCodes(0, 2, 0), new PackedCodes(2, 2, 0), new PackedCodes(4, 2, 0), new PackedCodes(6, 2, 0)
    };

    private LargeBlocks() {}

    static void q2(byte[] blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from + 80);
        float minimum = SmallBlocks.half(blocks, from + 82);
        for (int group = 0; group < GROUPS; group++) {
            int value = group * GROUP;
            int codes = from + 16 + value / HALF * LANE + value % LANE;
            int ofGroup = blocks[from + group];
            float step = scale * (ofGroup & 0xf);
            float fall = minimum * (ofGroup >>> 4 & 0xf);
            TWO_BITS[value % HALF / LANE].widen(blocks, codes, GROUP, step, fall, into, at + value);
        }
    }

    static void q3(byte[] blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from + 108);
        for (int group = 0; group < GROUPS; group++) {
            float step = scale * (scaleOfThreeBits(blocks, from + 96, group) - 32);
            int value = group * GROUP;
            int low = from + 32 + value / HALF * LANE + value % LANE;
            int high = from + value % LANE;
            for (int i = 0; i < GROUP; i++) {
                int code = blocks[low + i] >>> twoBits(value) & 3 | (blocks[high + i] >>> value / LANE & 1) << 2;
                into[at + value + i] = step * (code - 4);
            }
        }
    }

    /** Where in its byte a code of two bits lies. */
    private static int twoBits(int value) {
        return value % HALF / LANE * 2;
    }

    /** Sixteen scales of 6 bits: the low four in halves of 8 bytes, the high two in quarters of 4 bytes. */
    private static int scaleOfThreeBits(byte[] blocks, int from, int group) {
        int low = blocks[from + group % 8] >>> group / 8 * 4 & 0xf;
        int high = blocks[from + 8 + group % 4] >>> group / 4 * 2 & 3;
        return low | high << 4;
    }

    static void q4(byte[] blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from);
        float minimum = SmallBlocks.half(blocks, from + 2);
        for (int group = 0; group < LANES; group++) {
            PackedCodes codes = group % 2 == 0 ? SmallBlocks.LOW : SmallBlocks.HIGH;
            float step = scale * scaleOfGroup(blocks, from + 4, group);
            float fall = minimum * minimumOfGroup(blocks, from + 4, group);
            codes.widen(blocks, from + 16 + group / 2 * LANE, LANE, step, fall, into, at + group * LANE);
        }
    }

    static void q5(byte[] blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from);
        float minimum = SmallBlocks.half(blocks, from + 2);
        for (int group = 0; group < LANES; group++) {
            float step = scale * scaleOfGroup(blocks, from + 4, group);
            float fall = minimum * minimumOfGroup(blocks, from + 4, group);
            for (int i = 0; i < LANE; i++) {
                int low = blocks[from + 48 + group / 2 * LANE + i] >>> group % 2 * 4 & 0xf;
                int high = blocks[from + 16 + i] >>> group & 1;
                into[at + group * LANE + i] = step * (low | high << 4) - fall;
            }
        }
    }

    /**
     * Eight scales and eight minima of 6 bits in 12 bytes: the first four of each whole, of the others the low bits in
     * the last four bytes and the high bits above the first ones.
     */
    private static int scaleOfGroup(byte[] blocks, int from, int group) {
        return group < 4
                ? blocks[from + group] & 0x3f
                : blocks[from + 4 + group] & 0xf | (blocks[from + group - 4] >>> 6 & 3) << 4;
    }

    private static int minimumOfGroup(byte[] blocks, int from, int group) {
        return group < 4
                ? blocks[from + 4 + group] & 0x3f
                : blocks[from + 4 + group] >>> 4 & 0xf | (blocks[from + group] >>> 6 & 3) << 4;
    }

    static void q6(byte[] blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from + 208);
        for (int group = 0; group < GROUPS; group++) {
            float step = scale * blocks[from + 192 + group];
            int value = group * GROUP;
            int low = from + value / HALF * QUARTER + value % QUARTER;
            int high = from + 128 + value / HALF * LANE + value % LANE;
            int lowBit = value % HALF / QUARTER * 4;
            for (int i = 0; i < GROUP; i++) {
                int code = blocks[low + i] >>> lowBit & 0xf | (blocks[high + i] >>> twoBits(value) & 3) << 4;
                into[at + value + i] = step * (code - 32);
            }
        }
    }

    static void iq4(byte[] blocks, int from, float[] into, int at) {
        float scale = SmallBlocks.half(blocks, from);
        int highScales = Short.toUnsignedInt(SmallBlocks.bits(blocks, from + 2));
        for (int group = 0; group < LANES; group++) {
            int low = blocks[from + 4 + group / 2] >>> group % 2 * 4 & 0xf;
            int high = highScales >>> 2 * group & 3;
            float ofGroup = scale * ((low | high << 4) - 32);
            SmallBlocks.levels(SmallBlocks.UNEVEN, ofGroup, blocks, from + 8 + group * GROUP, into, at + group * LANE);
        }
    }
}
