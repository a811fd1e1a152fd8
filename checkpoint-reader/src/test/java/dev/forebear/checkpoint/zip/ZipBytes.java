package dev.forebear.checkpoint.zip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Zip archives as a test writes them, honest until it changes a field. */
public final class ZipBytes {

    private static final int HEADER = 30;
    private static final int DIRECTORY_HEADER = 46;

    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<ByteBuffer> directory = new ArrayList<>();
    private boolean wideEnd;

    public ZipBytes stored(String name, byte[] content) {
        return entry(name, 0, content, content.length);
    }

    public ZipBytes stored(String name, String content) {
        return stored(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    public ZipBytes deflated(String name, byte[] content) {
        return entry(name, 8, deflate(content), content.length);
    }

    public ZipBytes entry(String name, int method, byte[] stored, int size) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        int start = data.size();
        data.writeBytes(little(HEADER)
                .putInt(0, 0x04034b50)
                .putShort(8, (short) method)
                .putInt(18, stored.length)
                .putInt(22, size)
                .putShort(26, (short) text.length)
                .putShort(28, (short) 4)
                .array());
        data.writeBytes(text);
        data.writeBytes(new byte[] {'F', 'B', 0, 0}); // PyTorch aligns data with such a field.
        data.writeBytes(stored);
        ByteBuffer header = little(DIRECTORY_HEADER + text.length);
        header.putInt(0, 0x02014b50)
                .putShort(10, (short) method)
                .putInt(20, stored.length)
                .putInt(24, size)
                .putShort(28, (short) text.length)
                .putInt(42, start)
                .put(DIRECTORY_HEADER, text);
        directory.add(header);
        return this;
    }

    /** Writes the end for archives of more than 4 GB too, as PyTorch always does. */
    public ZipBytes wideEnd() {
        wideEnd = true;
        return this;
    }

    /** What the directory says about the last entry, to be changed. */
    public ByteBuffer last() {
        return directory.getLast();
    }

    /** Appends an extra field of sizes of 64 bits to what the directory says about the last entry. */
    public ZipBytes wideSizes(long... sizes) {
        ByteBuffer header = directory.removeLast();
        ByteBuffer longer = little(header.capacity() + 4 + 8 * sizes.length);
        longer.put(header.array()).putShort((short) 1).putShort((short) (8 * sizes.length));
        for (long size : sizes) {
            longer.putLong(size);
        }
        directory.add(longer.putShort(30, (short) (4 + 8 * sizes.length)));
        return this;
    }

    public byte[] bytes() {
        var file = new ByteArrayOutputStream();
        file.writeBytes(data.toByteArray());
        directory.forEach(header -> file.writeBytes(header.array()));
        int size = file.size() - data.size();
        if (wideEnd) {
            file.writeBytes(little(56)
                    .putInt(0, 0x06064b50)
                    .putLong(4, 44)
                    .putLong(24, directory.size())
                    .putLong(32, directory.size())
                    .putLong(40, size)
                    .putLong(48, data.size())
                    .array());
            file.writeBytes(little(20)
                    .putInt(0, 0x07064b50)
                    .putLong(8, data.size() + size)
                    .putInt(16, 1)
                    .array());
        }
        file.writeBytes(little(22)
                .putInt(0, 0x06054b50)
                .putShort(8, (short) directory.size())
                .putShort(10, (short) directory.size())
                .putInt(12, size)
                .putInt(16, wideEnd ? -1 : data.size())
                .array());
        return file.toByteArray();
    }

    /** A copy with one integer changed, counted from the end of the file. */
    public static byte[] changed(byte[] file, int fromEnd, int value) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(copy.length - fromEnd, value);
        return copy;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] deflate(byte[] content) {
        try (var deflater = new Deflater(9, true)) {
            deflater.setInput(content);
            deflater.finish();
            var buffer = new byte[content.length + 100];
            int count = deflater.deflate(buffer);
            return java.util.Arrays.copyOf(buffer, count);
        }
    }
}
