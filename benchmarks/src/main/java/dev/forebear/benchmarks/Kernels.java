package dev.forebear.benchmarks;

import dev.forebear.benchmarks.WeightFile.Form;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.VectorInstructions;
import dev.forebear.checkpoint.numbers.Widening;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the loops over stored weights reach on one core: on weights that were just read and lie in the cache, and with
 * reading them from the page cache. Every figure is the best of many, in GB of stored weights a second, and beside it
 * the percentage of the {@link Roofline} of the same run.
 */
final class Kernels {

    private static final long BYTES = 128L << 20;
    private static final int ROWS_IN_CACHE = 8;
    private static final int ROWS_READ = 16;

    /** Projections are made of one row in as many. */
    private static final int SPARSELY = 16;

    private final PrintStream out;
    private final Stopwatch stopwatch = new Stopwatch();
    private final Map<String, List<String>> table = new LinkedHashMap<>();

    Kernels(PrintStream out) {
        this.out = out;
    }

    void print() throws IOException {
        var peaks = Roofline.Peaks.measured(stopwatch);
        if (VectorInstructions.AVAILABLE) {
            out.printf(Locale.ROOT, "multiplications with additions, double: %.1f G/s%n", peaks.multiplications());
            out.printf(Locale.ROOT, "conversions with additions, double: %.1f G/s%n%n", peaks.conversions());
        } else {
            out.printf("without --add-modules jdk.incubator.vector: plain loops, and memory is the only roofline%n%n");
        }
        for (Form form : Form.values()) {
            try (var weights = WeightFile.write(form, BYTES)) {
                measure(form, weights, peaks);
            }
        }
        table.forEach((kernel, cells) -> {
            out.printf("%-36s", kernel);
            cells.forEach(cell -> out.printf(" %12s", cell));
            out.printf("%n");
        });
        if (Double.isInfinite(stopwatch.kept())) {
            throw new IllegalStateException("kernels: expected finite sums, found infinity");
        }
    }

    private void measure(Form form, WeightFile weights, Roofline.Peaks peaks) throws IOException {
        try (var channel = FileChannel.open(weights.file(), StandardOpenOption.READ);
                var arena = Arena.ofConfined();
                var checkpoint = weights.open()) {
            Tensor tensor = checkpoint.tensors().getFirst();
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            long part = tensor.bytes() / Stopwatch.PARTS;
            double memory = part / stopwatch.best(i -> Roofline.sum(file, i * part, part));
            var roofline = Roofline.of(memory, peaks, (double) tensor.bytes() / tensor.elements());
            cell("GB/s of one core (% of its roofline)", form.name());
            add("memory: words added up", memory, memory);
            if (VectorInstructions.AVAILABLE) {
                add("… left to dot products", roofline.dots(), memory);
                add("… left to projections", roofline.projections(), memory);
            }
            kernels("in cache", tensor, inCache(tensor, file.asSlice(weights.start()), arena), roofline);
            ByteBuffer piece = arena.allocate(Roofline.PIECE).asByteBuffer();
            add(
                    "file read, nothing done",
                    part / stopwatch.best(i -> Roofline.read(channel, piece, i * part, part)),
                    memory);
            kernels("file read", tensor, new RowKernels(ROWS_READ, (row, into) -> read(tensor, row, into)), roofline);
        }
    }

    /** Null for blocks, which are widened as they are read. */
    private static @Nullable RowKernels inCache(Tensor tensor, MemorySegment stored, Arena arena) {
        if (tensor.quantisation() != null) {
            return null;
        }
        int width = WeightFile.COLUMNS * tensor.dtype().bits() / Byte.SIZE;
        long size = (long) ROWS_IN_CACHE * width;
        MemorySegment few = arena.allocate(size, Long.BYTES).copyFrom(stored.asSlice(0, size));
        ByteBuffer bytes = few.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return new RowKernels(1, (row, into) -> {
            bytes.position((int) (row % ROWS_IN_CACHE) * width);
            Widening.widen(tensor.dtype(), bytes, into, 0, WeightFile.COLUMNS);
        });
    }

    private static void read(Tensor tensor, long row, float[] into) throws IOException {
        long first = Math.min(row * WeightFile.COLUMNS, tensor.elements() - into.length);
        tensor.read(first, into.length, into, 0);
    }

    private void kernels(String where, Tensor tensor, @Nullable RowKernels rows, Roofline roofline) throws IOException {
        add(where + ", to float", rows == null ? 0 : rate(tensor, 1, rows::widen), roofline.memory());
        add(where + ", norms", rows == null ? 0 : rate(tensor, 1, rows::norms), roofline.memory());
        add(where + ", dot products", rows == null ? 0 : rate(tensor, 1, rows::dots), roofline.dots());
        double projections = rows == null ? 0 : rate(tensor, SPARSELY, rows::projections);
        add(where + ", on 64 vectors", projections, roofline.projections());
    }

    /** Passes some rows. */
    private interface RowPass {
        double run(long first, long rows) throws IOException;
    }

    /** @param sparsely one row in as many of a part is enough to measure */
    private double rate(Tensor tensor, int sparsely, RowPass pass) throws IOException {
        long part = tensor.elements() / WeightFile.COLUMNS / Stopwatch.PARTS;
        long rows = part / sparsely;
        double bytes = (double) tensor.bytes() / tensor.elements() * WeightFile.COLUMNS * rows;
        return bytes / stopwatch.best(i -> pass.run(i * part, rows));
    }

    private void add(String kernel, double rate, double roofline) {
        cell(kernel, rate == 0 ? "" : String.format(Locale.ROOT, "%.1f (%.0f)", rate, 100 * rate / roofline));
    }

    private void cell(String kernel, String cell) {
        table.computeIfAbsent(kernel, key -> new ArrayList<>()).add(cell);
    }
}
