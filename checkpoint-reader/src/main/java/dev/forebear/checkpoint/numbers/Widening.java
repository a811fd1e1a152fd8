package dev.forebear.checkpoint.numbers;

import dev.forebear.checkpoint.Dtype;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Widens stored values to float. Exact for every floating-point dtype of up to 32 bits, BOOL, and integers of up to 16
 * bits; F64 and wider integers are rounded to nearest.
 */
public final class Widening {

    private Widening() {}

    /** Whether values of this dtype can be widened: all but complex numbers and those that share a byte. */
    public static boolean supports(Dtype dtype) {
        return switch (dtype) {
            case F4, F6_E2M3, F6_E3M2, C64 -> false;
            case BOOL, U8, I8, F8_E5M2, F8_E4M3, F8_E5M2FNUZ, F8_E4M3FNUZ, F8_E8M0 -> true;
            case I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64 -> true;
        };
    }

    /**
     * Widens {@code count} values from the position of {@code from}, which must be little-endian, into {@code into}
     * from {@code at} on. Leaves the position of {@code from} undefined.
     *
     * @throws IllegalArgumentException when {@link #supports} says no
     */
    public static void widen(Dtype dtype, ByteBuffer from, float[] into, int at, int count) {
        MemorySegment bytes = MemorySegment.ofBuffer(from);
        switch (dtype) {
            case F32 -> from.asFloatBuffer().get(into, at, count);
            case BF16 -> FloatLoops.FASTEST.bfloats(bytes, into, at, count);
            case F16 -> PlainFloatLoops.halves(bytes, into, at, count);
            case I8 -> PlainFloatLoops.bytes(bytes, into, at, count);
            case F8_E4M3 -> FloatLoops.FASTEST.e4m3(bytes, into, at, count);
            case F8_E5M2 -> FloatLoops.FASTEST.e5m2(bytes, into, at, count);
            case F8_E4M3FNUZ -> PlainFloatLoops.eightBits(EightBitFloat.E4M3FNUZ, bytes, into, at, count);
            case F8_E5M2FNUZ -> PlainFloatLoops.eightBits(EightBitFloat.E5M2FNUZ, bytes, into, at, count);
            case F8_E8M0 -> PlainFloatLoops.eightBits(EightBitFloat.E8M0, bytes, into, at, count);
            case F64, BOOL, U8, I16, U16, I32, U32, I64, U64 -> oneByOne(dtype, from, into, at, count);
            case F4, F6_E2M3, F6_E3M2, C64 -> throw new IllegalArgumentException("cannot widen " + dtype);
        }
    }

    // Rare in weights: not worth a loop each.
    private static void oneByOne(Dtype dtype, ByteBuffer from, float[] into, int at, int count) {
        for (int i = 0; i < count; i++) {
            into[at + i] = switch (dtype) {
                case F64 -> (float) from.getDouble();
                case BOOL -> from.get() == 0 ? 0 : 1;
                case U8 -> Byte.toUnsignedInt(from.get());
                case I16 -> from.getShort();
                case U16 -> Short.toUnsignedInt(from.getShort());
                case I32 -> from.getInt();
                case U32 -> Integer.toUnsignedLong(from.getInt());
                case I64 -> from.getLong();
                case U64 -> unsigned(from.getLong());
                case I8, F16, BF16, F32 -> throw new IllegalArgumentException("has a loop of its own: " + dtype);
                case F4, F6_E2M3, F6_E3M2, F8_E5M2, F8_E4M3, F8_E5M2FNUZ, F8_E4M3FNUZ, F8_E8M0, C64 ->
                    throw new IllegalArgumentException("cannot widen " + dtype);
            };
        }
    }

    private static float unsigned(long value) {
        if (value >= 0) {
            return value;
        }
        // Half of it, with the lost bit kept sticky so that it is rounded once.
        return 2f * (value >>> 1 | value & 1);
    }
}
