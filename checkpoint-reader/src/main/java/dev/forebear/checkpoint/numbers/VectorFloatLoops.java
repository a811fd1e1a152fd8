package dev.forebear.checkpoint.numbers;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Loops of vector instructions; the values that do not fill a vector are left to the plain ones. */
final class VectorFloatLoops implements FloatLoops {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private final PlainFloatLoops plain = new PlainFloatLoops();

    /** Whether as many bytes as a vector has floats are a vector too. */
    static boolean fitProcessor() {
        return LANES >= 8 && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /** Stored values, as many as a vector has floats. */
    private static final class Stored {

        private static final VectorSpecies<Byte> BYTES =
                VectorSpecies.of(byte.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / Float.BYTES));
        private static final VectorSpecies<Short> SHORTS =
                VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

        static IntVector bytes(MemorySegment from, long at) {
            return integers(ByteVector.fromMemorySegment(BYTES, from, at, ByteOrder.LITTLE_ENDIAN));
        }

        static IntVector bytes(byte[] from, int at) {
            return integers(ByteVector.fromArray(BYTES, from, at));
        }

        private static IntVector integers(ByteVector bytes) {
            return (IntVector) bytes.convertShape(VectorOperators.B2I, INTS, 0);
        }

        static IntVector shorts(MemorySegment from, long at) {
            var shorts = ShortVector.fromMemorySegment(SHORTS, from, at, ByteOrder.LITTLE_ENDIAN);
            return (IntVector) shorts.convertShape(VectorOperators.S2I, INTS, 0);
        }
    }

    /** A bfloat16 is the upper half of a float. */
    @Override
    public void bfloats(MemorySegment from, float[] into, int at, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += LANES) {
            IntVector bits = Stored.shorts(from, 2L * i).lanewise(VectorOperators.LSHL, Short.SIZE);
            bits.reinterpretAsFloats().intoArray(into, at + i);
        }
        if (whole < count) {
            plain.bfloats(from.asSlice(2L * whole), into, at + whole, count - whole);
        }
    }

    @Override
    public void e4m3(MemorySegment from, float[] into, int at, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += LANES) {
            value(Stored.bytes(from, i), 3, 0x7f, 0x1p120f).intoArray(into, at + i);
        }
        if (whole < count) {
            plain.e4m3(from.asSlice(whole), into, at + whole, count - whole);
        }
    }

    @Override
    public void e5m2(MemorySegment from, float[] into, int at, int count) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += LANES) {
            value(Stored.bytes(from, i), 2, 0x7c, 0x1p112f).intoArray(into, at + i);
        }
        if (whole < count) {
            plain.e5m2(from.asSlice(whole), into, at + whole, count - whole);
        }
    }

    /**
     * Puts exponent and mantissa where a float has them: the value is then too small by the difference of the biases.
     *
     * <pre>
     *   E4M3  s eeee mmm      s 0000eeee mmm00000000000000000000
     * </pre>
     *
     * @param special the smallest magnitude that means infinity or NaN: it gets all bits of the exponent
     */
    private static FloatVector value(IntVector bits, int mantissa, int special, float scale) {
        int shift = 23 - mantissa;
        IntVector placed = bits.lanewise(VectorOperators.LSHL, shift)
                .and(0x8000_0000 | 0x7f << shift)
                .lanewise(VectorOperators.OR, 0x7f80_0000, bits.and(0x7f).compare(VectorOperators.GE, special));
        return placed.reinterpretAsFloats().mul(scale);
    }

    @Override
    public void codes(
            PackedCodes codes, byte[] from, int first, int count, float scale, float minimum, float[] into, int at) {
        int whole = FLOATS.loopBound(count);
        for (int i = 0; i < whole; i += LANES) {
            IntVector code = Stored.bytes(from, first + i)
                    .lanewise(VectorOperators.LSHR, codes.shift())
                    .and(codes.mask())
                    .sub(codes.zero());
            FloatVector values = (FloatVector) code.convert(VectorOperators.I2F, 0);
            values.mul(scale).sub(minimum).intoArray(into, at + i);
        }
        plain.codes(codes, from, first + whole, count - whole, scale, minimum, into, at + whole);
    }
}
