package dev.forebear.signals.relation;

import java.util.stream.DoubleStream;

/** Middle values. */
final class Medians {

    private Medians() {}

    /** The upper median of the values that are numbers; a replacement when there are none. */
    static double of(DoubleStream values, double otherwise) {
        double[] sorted = values.filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? otherwise : sorted[sorted.length / 2];
    }
}
