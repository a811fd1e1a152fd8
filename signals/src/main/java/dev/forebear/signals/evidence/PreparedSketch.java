package dev.forebear.signals.evidence;

import dev.forebear.signals.statistics.Chance;

/** A positional sketch ready to be compared. */
final class PreparedSketch {

    /**
     * @param packed all of it
     * @param norm Euclidean norm
     * @param entries entries of one layer behind it, 0 when there are none
     */
    record Group(int[] packed, double norm, int entries) {

        static Group of(byte[] bytes, int entries) {
            int[] packed = PackedBytes.of(bytes);
            double norm = Math.sqrt(PackedBytes.dot(packed, 0, packed, 0, packed.length));
            return new Group(packed, norm, entries);
        }

        boolean isEmpty() {
            return entries < 2 || norm == 0;
        }

        /** Cosine of the whole sketches; NaN when either is empty. */
        double cosine(Group other) {
            if (isEmpty() || other.isEmpty()) {
                return Double.NaN;
            }
            double cosine = PackedBytes.dot(packed, 0, other.packed, 0, packed.length) / (norm * other.norm);
            return Math.clamp(cosine, -1, 1);
        }

        /** Cosine made normal and divided by its expected deviation; 0 when either is empty. */
        double z(Group other) {
            double cosine = cosine(other);
            return Double.isNaN(cosine)
                    ? 0
                    : Chance.fisher(cosine) / PositionalComparison.expectedDeviation(Math.min(entries, other.entries));
        }
    }

    private final Group gateUp;
    private final Group value;
    private final Group gains;

    PreparedSketch(PositionalSketch sketch) {
        gateUp = Group.of(sketch.gateUp(), sketch.gateUpEntries());
        value = Group.of(sketch.value(), sketch.valueEntries());
        gains = Group.of(sketch.gains(), sketch.gainEntries());
    }

    Group gateUp() {
        return gateUp;
    }

    Group value() {
        return value;
    }

    Group gains() {
        return gains;
    }
}
