package dev.forebear.benchmarks;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** A folder with one matrix of random weights, just written, so that it lies in the page cache. Deleted when closed. */
final class WeightFile implements AutoCloseable {

    static final int COLUMNS = 4_096;

    private static final int PATTERN = 1 << 20;
    private static final int GGUF_ALIGNMENT = 32;
    private static final float DEVIATION = 0.02f;

    /** What a quantiser makes the largest number of its format. */
    private static final float LARGEST = 4.5f * DEVIATION;

    private final Path folder;
    private final Path file;
    private final long start;

    private WeightFile(Path folder, Path file, long start) {
        this.folder = folder;
        this.file = file;
        this.start = start;
    }

    /** How weights are stored. */
    enum Form {
        F32(32),
        BF16(16),
        F16(16),
        I8(8),
        F8_E4M3(8),
        F8_E5M2(8),
        Q4_0(4.5);

        private final double bits;

        Form(double bits) {
            this.bits = bits;
        }
    }

    static WeightFile write(Form form, long bytes) throws IOException {
        Path folder = Files.createTempDirectory("forebear-kernels-");
        long rows = (long) (bytes * Byte.SIZE / form.bits / COLUMNS);
        ByteBuffer header = form == Form.Q4_0 ? gguf(rows) : safetensors(form, rows);
        Path file = folder.resolve(form == Form.Q4_0 ? "model.gguf" : "model.safetensors");
        long start = header.remaining();
        ByteBuffer pattern = pattern(form);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(header);
            for (long left = (long) (rows * COLUMNS * form.bits / Byte.SIZE); left > 0; ) {
                pattern.clear().limit((int) Math.min(left, pattern.capacity()));
                left -= channel.write(pattern);
            }
        }
        return new WeightFile(folder, file, start);
    }

    private static ByteBuffer safetensors(Form form, long rows) {
        long size = (long) (rows * COLUMNS * form.bits / Byte.SIZE);
        String json = "{\"model.embed_tokens.weight\":{\"dtype\":\"%s\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
                .formatted(form, rows, COLUMNS, size);
        byte[] padded = (json + " ".repeat(Math.floorMod(-json.length(), 64) + 56)).getBytes(StandardCharsets.UTF_8);
        var header = ByteBuffer.allocate(8 + padded.length).order(ByteOrder.LITTLE_ENDIAN);
        return header.putLong(padded.length).put(padded).flip();
    }

    private static ByteBuffer gguf(long rows) {
        var header = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        header.put("GGUF".getBytes(StandardCharsets.UTF_8)).putInt(3).putLong(1).putLong(1);
        text(header, "general.architecture").putInt(8);
        text(header, "llama");
        text(header, "token_embd.weight").putInt(2).putLong(COLUMNS).putLong(rows);
        header.putInt(2).putLong(0);
        int end = Math.ceilDiv(header.position(), GGUF_ALIGNMENT) * GGUF_ALIGNMENT;
        return header.clear().limit(end);
    }

    private static ByteBuffer text(ByteBuffer to, String text) {
        return to.putLong(text.length()).put(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer pattern(Form form) {
        var pattern = ByteBuffer.allocate(form == Form.Q4_0 ? PATTERN / 18 * 18 : PATTERN)
                .order(ByteOrder.LITTLE_ENDIAN);
        var random = new Random(form.ordinal());
        while (pattern.hasRemaining()) {
            float value = DEVIATION * (float) random.nextGaussian();
            switch (form) {
                case F32 -> pattern.putFloat(value);
                case BF16 -> pattern.putShort((short) (Float.floatToRawIntBits(value) >>> Short.SIZE));
                case F16 -> pattern.putShort(Float.floatToFloat16(value));
                case I8 -> pattern.put((byte) Math.clamp(Math.round(value / LARGEST * 127), -127, 127));
                case F8_E4M3 -> pattern.put(shortened(value / LARGEST * 448 / 256, 7, 0x7e));
                case F8_E5M2 -> pattern.put(shortened(value / LARGEST * 57_344, 8, 0x7b));
                case Q4_0 -> {
                    var codes = new byte[16];
                    random.nextBytes(codes);
                    pattern.putShort(Float.floatToFloat16(value)).put(codes);
                }
            }
        }
        return pattern.clear();
    }

    /** The upper bits of an F16, in which both formats of eight bits lie, up to a largest magnitude. */
    private static byte shortened(float value, int bits, int largest) {
        int half = Float.floatToFloat16(value);
        return (byte) (half >>> Byte.SIZE & 0x80 | Math.min((half & 0x7fff) >>> bits, largest));
    }

    Path file() {
        return file;
    }

    /** Offset of the first weight. */
    long start() {
        return start;
    }

    Checkpoint open() throws IOException {
        return Checkpoint.open(new FolderStorage(folder));
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
        Files.delete(folder);
    }
}
