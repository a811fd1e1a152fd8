package dev.forebear.benchmarks;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What arithmetic one core can do that neither loads nor stores, in enough sums that none waits for itself. */
final class Arithmetic {

    /** Multiplications with additions, or conversions with additions, of one run. */
    static final long OPERATIONS = 1L << 21;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(DOUBLES.vectorBitSize() / 2));

    private Arithmetic() {}

    /** Multiplies and adds in double precision. */
    static double multiplications() {
        DoubleVector a = DoubleVector.broadcast(DOUBLES, 1);
        DoubleVector b = a.add(1);
        DoubleVector c = a.add(2);
        DoubleVector d = a.add(3);
        DoubleVector e = a.add(4);
        DoubleVector f = a.add(5);
        DoubleVector g = a.add(6);
        DoubleVector h = a.add(7);
        for (long i = 0; i < OPERATIONS; i += 8L * DOUBLES.length()) {
            a = a.mul(0.5).add(0.25);
            b = b.mul(0.5).add(0.25);
            c = c.mul(0.5).add(0.25);
            d = d.mul(0.5).add(0.25);
            e = e.mul(0.5).add(0.25);
            f = f.mul(0.5).add(0.25);
            g = g.mul(0.5).add(0.25);
            h = h.mul(0.5).add(0.25);
        }
        return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).lane(0);
    }

    /** Converts from single to double precision, and adds up. */
    static double conversions() {
        FloatVector p = FloatVector.broadcast(FLOATS, 1);
        FloatVector q = FloatVector.broadcast(FLOATS, 2);
        FloatVector r = FloatVector.broadcast(FLOATS, 3);
        FloatVector s = FloatVector.broadcast(FLOATS, 4);
        DoubleVector a = DoubleVector.zero(DOUBLES);
        DoubleVector b = a;
        DoubleVector c = a;
        DoubleVector d = a;
        for (long i = 0; i < OPERATIONS; i += 4L * DOUBLES.length()) {
            p = p.neg();
            q = q.neg();
            r = r.neg();
            s = s.neg();
            a = a.add(p.convertShape(VectorOperators.F2D, DOUBLES, 0));
            b = b.add(q.convertShape(VectorOperators.F2D, DOUBLES, 0));
            c = c.add(r.convertShape(VectorOperators.F2D, DOUBLES, 0));
            d = d.add(s.convertShape(VectorOperators.F2D, DOUBLES, 0));
        }
        return a.add(b).add(c).add(d).lane(0);
    }
}
