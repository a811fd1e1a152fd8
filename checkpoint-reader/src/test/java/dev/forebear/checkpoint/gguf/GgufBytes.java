package dev.forebear.checkpoint.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** GGUF files as a test writes them, honest or not. */
final class GgufBytes {

    private static final int ALIGNMENT = 32;

    private int magic = 0x46554747;
    private int version = 3;
    private long tensorCount = -1;
    private long pairCount = -1;
    private final List<byte[]> pairs = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    private record Entry(String name, int type, long offset, long[] dimensions) {}

    GgufBytes magic(int magic) {
        this.magic = magic;
        return this;
    }

    GgufBytes version(int version) {
        this.version = version;
        return this;
    }

    /** Says that there were another number of tensors. */
    GgufBytes tensorCount(long count) {
        tensorCount = count;
        return this;
    }

    GgufBytes pairCount(long count) {
        pairCount = count;
        return this;
    }

    GgufBytes with(String key, String text) {
        return pair(key, 8, string(text));
    }

    GgufBytes with(String key, int number) {
        return pair(key, 4, little(4).putInt(number).array());
    }

    GgufBytes with(String key, float number) {
        return pair(key, 6, little(4).putFloat(number).array());
    }

    GgufBytes with(String key, List<String> texts) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(little(12).putInt(8).putLong(texts.size()).array());
        texts.forEach(text -> bytes.writeBytes(string(text)));
        return pair(key, 9, bytes.toByteArray());
    }

    GgufBytes with(String key, int[] numbers) {
        ByteBuffer bytes = little(12 + 4 * numbers.length).putInt(5).putLong(numbers.length);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return pair(key, 9, bytes.array());
    }

    GgufBytes pair(String key, int type, byte[] value) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(string(key));
        bytes.writeBytes(little(4).putInt(type).array());
        bytes.writeBytes(value);
        pairs.add(bytes.toByteArray());
        return this;
    }

    /** A tensor of F32 whose values count. */
    GgufBytes counting(String name, long... dimensions) {
        long values = 1;
        for (long dimension : dimensions) {
            values *= dimension;
        }
        ByteBuffer bytes = little((int) values * 4);
        for (int i = 0; i < values; i++) {
            bytes.putFloat(i);
        }
        return tensor(name, 0, bytes.array(), dimensions);
    }

    /** @param dimensions the fastest first */
    GgufBytes tensor(String name, int type, byte[] values, long... dimensions) {
        while (data.size() % ALIGNMENT != 0) {
            data.write(0);
        }
        entries.add(new Entry(name, type, data.size(), dimensions));
        data.writeBytes(values);
        return this;
    }

    /** A tensor that says where it lies. */
    GgufBytes entry(String name, int type, long offset, long... dimensions) {
        entries.add(new Entry(name, type, offset, dimensions));
        return this;
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(little(24)
                .putInt(magic)
                .putInt(version)
                .putLong(tensorCount >= 0 ? tensorCount : entries.size())
                .putLong(pairCount >= 0 ? pairCount : pairs.size())
                .array());
        pairs.forEach(bytes::writeBytes);
        for (Entry entry : entries) {
            bytes.writeBytes(string(entry.name()));
            ByteBuffer numbers = little(16 + 8 * entry.dimensions().length).putInt(entry.dimensions().length);
            for (long dimension : entry.dimensions()) {
                numbers.putLong(dimension);
            }
            bytes.writeBytes(
                    numbers.putInt(entry.type()).putLong(entry.offset()).array());
        }
        while (bytes.size() % ALIGNMENT != 0) {
            bytes.write(0);
        }
        bytes.writeBytes(data.toByteArray());
        return bytes.toByteArray();
    }

    static byte[] string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return little(8 + utf8.length).putLong(utf8.length).put(utf8).array();
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
