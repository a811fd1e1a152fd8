package dev.forebear.checkpoint.numbers;

import java.lang.foreign.MemorySegment;

/** The loops that widen what weights are mostly stored as; every implementation writes the same bits, but for NaN. */
interface FloatLoops {

    FloatLoops FASTEST = VectorInstructions.AVAILABLE ? new VectorFloatLoops() : new PlainFloatLoops();

    void bfloats(MemorySegment from, float[] into, int at, int count);

    void e4m3(MemorySegment from, float[] into, int at, int count);

    void e5m2(MemorySegment from, float[] into, int at, int count);

    /** Writes scale · (code − zero) − minimum. */
    void codes(PackedCodes codes, byte[] from, int first, int count, float scale, float minimum, float[] into, int at);
}
