package dev.forebear.checkpoint.numbers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Loops in forms that the compiler turns into vector instructions: it does so for memory outside the heap, for
 * conversions that the processor has, and for whole words, but not for bits of a short that become a float.
 */
final class PlainFloatLoops implements FloatLoops {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Bytes that are spread over one long. */
    private static final int SPREAD = 4;

    /** Values at a time, so that they stay in the nearest cache between the loops; a multiple of those of a long. */
    private static final int PIECE = 4_096;

    /** Whether a word over two floats begins with the first of them. */
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    /**
     * A bfloat16 is the upper half of a float, so two of them are spread over one long.
     *
     * <pre>
     *   in   bbbb aaaa     out   bbbb0000 aaaa0000
     * </pre>
     */
    @Override
    public void bfloats(MemorySegment from, float[] into, int at, int count) {
        MemorySegment words = MemorySegment.ofArray(into);
        int pairs = LITTLE_ENDIAN ? count / 2 : 0;
        for (int i = 0; i < pairs; i++) {
            long pair = from.get(INT, 4L * i);
            words.set(LONG, 4L * at + 8L * i, (pair & 0xffff_0000L) << 32 | (pair & 0xffff) << 16);
        }
        for (int i = 2 * pairs; i < count; i++) {
            into[at + i] = Float.intBitsToFloat(from.get(SHORT, 2L * i) << Short.SIZE);
        }
    }

    static void halves(MemorySegment from, float[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = Float.float16ToFloat(from.get(SHORT, 2L * i));
        }
    }

    static void bytes(MemorySegment from, float[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = from.get(ValueLayout.JAVA_BYTE, i);
        }
    }

    /** E5M2 is the upper half of an F16. */
    @Override
    public void e5m2(MemorySegment from, float[] into, int at, int count) {
        throughHalves(EightBitFloat.E5M2, PlainFloatLoops::upperHalves, 1, from, into, at, count);
    }

    /** E4M3 has an exponent of one bit less and half the bias: as an F16 it is 256 times too small, but for its NaN. */
    @Override
    public void e4m3(MemorySegment from, float[] into, int at, int count) {
        throughHalves(EightBitFloat.E4M3, PlainFloatLoops::shortExponents, 256, from, into, at, count);
    }

    /** @param toHalves turns bytes that were given sixteen bits each into F16, in place */
    private static void throughHalves(
            EightBitFloat format,
            Consumer<long[]> toHalves,
            float scale,
            MemorySegment from,
            float[] into,
            int at,
            int count) {
        int spread = LITTLE_ENDIAN ? count - count % SPREAD : 0;
        var words = new long[Math.min(spread, PIECE) / SPREAD];
        for (int done = 0; done < spread; done += PIECE) {
            int piece = Math.min(PIECE, spread - done);
            spread(from.asSlice(done, piece), words);
            toHalves.accept(words);
            scaledHalves(words, scale, into, at + done, piece);
        }
        eightBits(format, from.asSlice(spread), into, at + spread, count - spread);
    }

    /**
     * Gives every byte sixteen bits, four of them a long.
     *
     * <pre>
     *   in   d c b a     out   0d 0c 0b 0a
     * </pre>
     */
    private static void spread(MemorySegment from, long[] words) {
        int count = (int) (from.byteSize() / SPREAD);
        for (int i = 0; i < count; i++) {
            long word = from.get(INT, 4L * i) & 0xffff_ffffL;
            word = (word | word << 16) & 0x0000_ffff_0000_ffffL;
            words[i] = (word | word << 8) & 0x00ff_00ff_00ff_00ffL;
        }
    }

    private static void upperHalves(long[] words) {
        for (int i = 0; i < words.length; i++) {
            words[i] <<= Byte.SIZE;
        }
    }

    // 0 eeee mmm to 0 0eeee mmm0000000; all ones but the sign, which mean NaN, get the bit that makes it one of F16.
    private static void shortExponents(long[] words) {
        for (int i = 0; i < words.length; i++) {
            long magnitude = words[i] & 0x007f_007f_007f_007fL;
            long nan = magnitude + 0x0001_0001_0001_0001L >>> 7 & 0x0001_0001_0001_0001L;
            words[i] = (words[i] & 0x0080_0080_0080_0080L) << 8 | magnitude << 7 | nan << 14;
        }
    }

    private static void scaledHalves(long[] words, float scale, float[] into, int at, int count) {
        MemorySegment halves = MemorySegment.ofArray(words);
        for (int i = 0; i < count; i++) {
            into[at + i] = scale * Float.float16ToFloat(halves.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i));
        }
    }

    static void eightBits(EightBitFloat format, MemorySegment from, float[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = format.value(from.get(ValueLayout.JAVA_BYTE, i));
        }
    }

    @Override
    public void codes(
            PackedCodes codes, byte[] from, int first, int count, float scale, float minimum, float[] into, int at) {
        for (int i = 0; i < count; i++) {
            int code = from[first + i] >>> codes.shift() & codes.mask();
            into[at + i] = scale * (code - codes.zero()) - minimum;
        }
    }
}
