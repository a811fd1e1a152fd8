package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.numbers.VectorInstructions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Signed bytes, four to an int, the first in the lowest bits. Where vector instructions may not be written, the loop
 * over ints, with one sum for each of the four, is what the compiler turns into them; a loop over bytes it does not.
 */
final class PackedBytes {

    private PackedBytes() {}

    /** Packs bytes; the last int is filled up with zeros. */
    static int[] of(byte[] bytes) {
        int[] packed = new int[(bytes.length + 3) / 4];
        int whole = bytes.length / 4;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(packed, 0, whole);
        for (int i = 4 * whole; i < bytes.length; i++) {
            packed[whole] |= (bytes[i] & 0xFF) << 8 * (i % 4);
        }
        return packed;
    }

    /** The byte of this number. */
    static byte at(int[] packed, int index) {
        return (byte) (packed[index / 4] >> 8 * (index % 4));
    }

    /** Inner product of as many ints of both, from these positions on. */
    static int dot(int[] a, int fromA, int[] b, int fromB, int ints) {
        return VectorInstructions.AVAILABLE
                ? VectorPackedBytes.dot(a, fromA, b, fromB, ints)
                : plainDot(a, fromA, b, fromB, ints);
    }

    static int plainDot(int[] a, int fromA, int[] b, int fromB, int ints) {
        int first = 0;
        int second = 0;
        int third = 0;
        int fourth = 0;
        for (int i = 0; i < ints; i++) {
            int left = a[fromA + i];
            int right = b[fromB + i];
            first += (left << 24 >> 24) * (right << 24 >> 24);
            second += (left << 16 >> 24) * (right << 16 >> 24);
            third += (left << 8 >> 24) * (right << 8 >> 24);
            fourth += (left >> 24) * (right >> 24);
        }
        return first + second + third + fourth;
    }
}
