package dev.forebear.benchmarks;

import dev.forebear.benchmarks.WeightFile.Form;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.Widening;
import dev.forebear.signals.statistics.FloatRows;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the loops over stored weights reach on one core, beside what the same core reaches in the same run when it adds
 * up the words of the same file in memory: on weights that were just read, and with reading them from the page cache.
 * Every figure is the best of several runs, in bytes of stored weights a second.
 */
final class Kernels {

    private static final long BYTES = 128L << 20;
    private static final int RUNS = 15;
    private static final int PIECE = 256 << 10;
    private static final int BATCH = 1 << 16;

    private final PrintStream out;
    private double kept;

    Kernels(PrintStream out) {
        this.out = out;
    }

    /** One pass over the weights. */
    private interface Pass {
        double run() throws IOException;
    }

    void print() throws IOException {
        out.printf(Locale.ROOT, "%-44s %8s %9s %9s%n", "one core", "GB/s", "of memory", "floats/s");
        for (Form form : Form.values()) {
            try (var weights = WeightFile.write(form, BYTES)) {
                print(form, weights);
            }
        }
        if (Double.isInfinite(kept)) {
            throw new IllegalStateException("kernels: expected finite sums, found infinity");
        }
    }

    private void print(Form form, WeightFile weights) throws IOException {
        try (var channel = FileChannel.open(weights.file(), StandardOpenOption.READ);
                var arena = Arena.ofConfined();
                var checkpoint = weights.open()) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            Tensor tensor = checkpoint.tensors().getFirst();
            double memory = rate(tensor, () -> sum(mapped));
            print(form + ": words added in memory", tensor, memory, memory);
            float[] values = new float[BATCH];
            if (form != Form.Q4_0) {
                ByteBuffer piece = piece(weights, tensor, channel, arena);
                double pieces = tensor.elements() / (double) BATCH;
                print(form + ": widened", tensor, rate(tensor, () -> widen(tensor, piece, values, pieces)), memory);
                print(form + ": … and norms", tensor, rate(tensor, () -> norms(tensor, piece, values, pieces)), memory);
                print(form + ": … and dots", tensor, rate(tensor, () -> dots(tensor, piece, values, pieces)), memory);
            }
            print(form + ": file read, nothing done", tensor, rate(tensor, () -> read(channel)), memory);
            print(form + ": file read and widened", tensor, rate(tensor, () -> widen(tensor, values)), memory);
            print(form + ": … and norms", tensor, rate(tensor, () -> norms(tensor, values)), memory);
        }
    }

    /** The weights of one batch, as they lie in memory when they were just read. */
    private static ByteBuffer piece(WeightFile weights, Tensor tensor, FileChannel channel, Arena arena)
            throws IOException {
        int size = BATCH * tensor.dtype().bits() / Byte.SIZE;
        ByteBuffer piece = arena.allocate(size, Long.BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        channel.read(piece, weights.start());
        return piece;
    }

    private static double widen(Tensor tensor, ByteBuffer piece, float[] values, double pieces) {
        for (int i = 0; i < pieces; i++) {
            Widening.widen(tensor.dtype(), piece.clear(), values, 0, values.length);
        }
        return values[0];
    }

    private static double norms(Tensor tensor, ByteBuffer piece, float[] values, double pieces) {
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            Widening.widen(tensor.dtype(), piece.clear(), values, 0, values.length);
            sum += norms(values, values.length);
        }
        return sum;
    }

    private static double dots(Tensor tensor, ByteBuffer piece, float[] values, double pieces) {
        float[] row = new float[WeightFile.COLUMNS];
        Arrays.fill(row, 0.5f);
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            Widening.widen(tensor.dtype(), piece.clear(), values, 0, values.length);
            for (int at = 0; at < values.length; at += row.length) {
                sum += FloatRows.dot(values, at, row);
            }
        }
        return sum;
    }

    private static double norms(float[] values, int count) {
        double sum = 0;
        for (int at = 0; at < count; at += WeightFile.COLUMNS) {
            sum += Math.sqrt(FloatRows.squaredLength(values, at, WeightFile.COLUMNS));
        }
        return sum;
    }

    private static double sum(MemorySegment mapped) {
        long sum = 0;
        for (long at = 0; at + PIECE <= mapped.byteSize(); at += PIECE) {
            sum += sum(mapped, at);
        }
        return sum;
    }

    private static long sum(MemorySegment mapped, long from) {
        long sum = 0;
        for (int i = 0; i < PIECE / Long.BYTES; i++) {
            sum += mapped.get(ValueLayout.JAVA_LONG_UNALIGNED, from + (long) i * Long.BYTES);
        }
        return sum;
    }

    private static double read(FileChannel channel) throws IOException {
        try (var arena = Arena.ofConfined()) {
            ByteBuffer piece = arena.allocate(PIECE).asByteBuffer();
            long at = 0;
            while (at < channel.size()) {
                at += channel.read(piece.clear(), at);
            }
            return at;
        }
    }

    private static double widen(Tensor tensor, float[] values) throws IOException {
        for (long first = 0; first < tensor.elements(); first += values.length) {
            tensor.read(first, (int) Math.min(values.length, tensor.elements() - first), values, 0);
        }
        return values[0];
    }

    private static double norms(Tensor tensor, float[] values) throws IOException {
        double sum = 0;
        for (long first = 0; first < tensor.elements(); first += values.length) {
            int count = (int) Math.min(values.length, tensor.elements() - first);
            tensor.read(first, count, values, 0);
            sum += norms(values, count);
        }
        return sum;
    }

    private double rate(Tensor tensor, Pass pass) throws IOException {
        long best = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            kept += pass.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return tensor.bytes() / (double) best;
    }

    private void print(String what, Tensor tensor, double rate, double memory) {
        double floats = rate * tensor.elements() / tensor.bytes();
        out.printf(Locale.ROOT, "%-44s %8.1f %7.0f %% %7.1f G%n", what, rate, 100 * rate / memory, floats);
    }
}
