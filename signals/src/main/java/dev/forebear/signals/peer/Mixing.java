package dev.forebear.signals.peer;

/** The finaliser of SplitMix64 (Steele, Lea and Flood 2014): turns counters into bits that look random. */
final class Mixing {

    /** Odd and without pattern: steps between the counters of different streams. */
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Mixing() {}

    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
