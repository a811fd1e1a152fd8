package dev.forebear.benchmarks;

import dev.forebear.checkpoint.numbers.VectorInstructions;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * What bounds the kernels on stored values, in bytes a nanosecond: what memory gives or, where that is less, what mere
 * arithmetic leaves of it.
 *
 * @param memory words that are only added up
 * @param dots each product takes two conversions to double precision
 * @param projections each value is multiplied and added {@value RowKernels#VECTORS} times
 */
record Roofline(double memory, double dots, double projections) {

    /** Bytes of one copy out of the page cache. */
    static final int PIECE = 256 << 10;

    static Roofline of(double memory, Peaks peaks, double bytesPerValue) {
        return new Roofline(
                memory,
                Math.min(memory, peaks.conversions() / 2 * bytesPerValue),
                Math.min(memory, peaks.multiplications() / RowKernels.VECTORS * bytesPerValue));
    }

    /** Operations a nanosecond of one core; infinite when they cannot be measured. */
    record Peaks(double multiplications, double conversions) {

        static Peaks measured(Stopwatch stopwatch) throws IOException {
            if (!VectorInstructions.AVAILABLE) {
                return new Peaks(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
            }
            return new Peaks(
                    Arithmetic.OPERATIONS / stopwatch.best(part -> Arithmetic.multiplications()),
                    Arithmetic.OPERATIONS / stopwatch.best(part -> Arithmetic.conversions()));
        }
    }

    /** Adds up words. */
    static long sum(MemorySegment memory, long first, long count) {
        long sum = 0;
        for (long at = first; at < first + count; at += PIECE) {
            sum += sum(memory, Math.min(at, memory.byteSize() - PIECE));
        }
        return sum;
    }

    private static long sum(MemorySegment memory, long from) {
        long sum = 0;
        for (int i = 0; i < PIECE / Long.BYTES; i++) {
            sum += memory.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) i * Long.BYTES);
        }
        return sum;
    }

    /** Copies bytes out of the page cache. */
    static double read(FileChannel channel, ByteBuffer piece, long first, long count) throws IOException {
        for (long at = first; at < first + count; at += piece.capacity()) {
            channel.read(piece.clear(), at);
        }
        return piece.get(0);
    }
}
