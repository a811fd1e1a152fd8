package dev.forebear.checkpoint.numbers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The loops that widen what weights are mostly stored as, in forms that the compiler turns into vector instructions: it
 * does so for memory outside the heap, for conversions that the processor has, and for whole words, but not for bits of
 * a short that become a float.
 */
final class FloatLoops {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Whether a word over two floats begins with the first of them. */
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private FloatLoops() {}

    /**
     * A bfloat16 is the upper half of a float, so two of them are spread over one long.
     *
     * <pre>
     *   in   bbbb aaaa     out   bbbb0000 aaaa0000
     * </pre>
     */
    static void bfloats(MemorySegment from, float[] into, int at, int count) {
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

    static void eightBits(EightBitFloat format, MemorySegment from, float[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = format.value(from.get(ValueLayout.JAVA_BYTE, i));
        }
    }
}
