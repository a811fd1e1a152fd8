package dev.forebear.signals.statistics;

import java.nio.charset.StandardCharsets;

/** A fixed public hash (the finaliser of SplitMix64), so that sketches agree between machines and versions. */
public final class StableHash {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private StableHash() {}

    public static long of(long value) {
        long mixed = value + GAMMA;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    public static long of(long first, long second) {
        return of(of(first) ^ second);
    }

    public static long of(String text) {
        long hash = GAMMA;
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            hash = of(hash ^ value);
        }
        return hash;
    }
}
