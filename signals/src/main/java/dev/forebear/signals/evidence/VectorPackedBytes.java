package dev.forebear.signals.evidence;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Inner products of packed bytes by vector instructions, to the same sum. */
final class VectorPackedBytes {

    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final int WIDTH = INTS.length();

    private VectorPackedBytes() {}

    static int dot(int[] a, int fromA, int[] b, int fromB, int ints) {
        IntVector sum = IntVector.zero(INTS);
        int whole = INTS.loopBound(ints);
        for (int i = 0; i < whole; i += WIDTH) {
            sum = sum.add(products(IntVector.fromArray(INTS, a, fromA + i), IntVector.fromArray(INTS, b, fromB + i)));
        }
        if (whole < ints) {
            VectorMask<Integer> rest = INTS.indexInRange(whole, ints);
            sum = sum.add(products(
                    IntVector.fromArray(INTS, a, fromA + whole, rest),
                    IntVector.fromArray(INTS, b, fromB + whole, rest)));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /** Of each int the four products, added up. */
    private static IntVector products(IntVector a, IntVector b) {
        return both(even(a).mul(even(b))).add(both(odd(a).mul(odd(b))));
    }

    private static ShortVector even(IntVector bytes) {
        return bytes.reinterpretAsShorts()
                .lanewise(VectorOperators.LSHL, Byte.SIZE)
                .lanewise(VectorOperators.ASHR, Byte.SIZE);
    }

    private static ShortVector odd(IntVector bytes) {
        return bytes.reinterpretAsShorts().lanewise(VectorOperators.ASHR, Byte.SIZE);
    }

    /** The sum of both halves of each int: one product fits 16 bits, two of them may not. */
    private static IntVector both(ShortVector products) {
        IntVector pairs = products.reinterpretAsInts();
        return pairs.lanewise(VectorOperators.LSHL, Short.SIZE)
                .lanewise(VectorOperators.ASHR, Short.SIZE)
                .add(pairs.lanewise(VectorOperators.ASHR, Short.SIZE));
    }
}
