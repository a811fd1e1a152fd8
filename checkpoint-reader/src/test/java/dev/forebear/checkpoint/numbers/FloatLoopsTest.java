package dev.forebear.checkpoint.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of vector instructions against plain ones: they must agree to the last bit, so that fingerprints do. */
class FloatLoopsTest {

    private final FloatLoops plain = new PlainFloatLoops();

    /** A loop over stored bytes. */
    private interface Loop {
        void run(FloatLoops loops, MemorySegment from, float[] into);
    }

    @Test
    void runsOnVectorsWhereTheProcessorHasThem() {
        assertThat(FloatLoops.FASTEST instanceof VectorFloatLoops).isEqualTo(VectorInstructions.AVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 33, 1_000, 65_536})
    void widensAsThePlainLoopsDo(int count) {
        assertSame(count, 2, (loops, from, into) -> loops.bfloats(from, into, 1, count));
        assertSame(count, 1, (loops, from, into) -> loops.e4m3(from, into, 1, count));
        assertSame(count, 1, (loops, from, into) -> loops.e5m2(from, into, 1, count));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 32, 1_000})
    void widensCodesAsThePlainLoopsDo(int count) {
        var bytes = new byte[count + 3];
        new Random(count).nextBytes(bytes);
        for (float scale : new float[] {0.37f, -1e-42f, 0, Float.NaN, Float.POSITIVE_INFINITY}) {
            for (PackedCodes codes : new PackedCodes[] {new PackedCodes(4, 4, 8), new PackedCodes(2, 2, 0)}) {
                for (float minimum : new float[] {0, 0.1f}) {
                    var expected = new float[count + 2];
                    plain.codes(codes, bytes, 3, count, scale, minimum, expected, 1);
                    var into = new float[count + 2];
                    FloatLoops.FASTEST.codes(codes, bytes, 3, count, scale, minimum, into, 1);
                    assertThat(into).isEqualTo(expected);
                }
            }
        }
    }

    private void assertSame(int count, int width, Loop loop) {
        var bytes = new byte[count * width];
        new Random(count).nextBytes(bytes);
        var expected = new float[count + 2];
        loop.run(plain, MemorySegment.ofArray(bytes), expected);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment outside = arena.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, outside, ValueLayout.JAVA_BYTE, 0, bytes.length);
            for (MemorySegment from : new MemorySegment[] {MemorySegment.ofArray(bytes), outside}) {
                var into = new float[count + 2];
                loop.run(FloatLoops.FASTEST, from.asSlice(0, bytes.length), into);
                assertThat(into).isEqualTo(expected);
            }
        }
    }
}
