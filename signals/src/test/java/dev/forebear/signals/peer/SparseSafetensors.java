package dev.forebear.signals.peer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;

/** A safetensors file of BF16 tensors that are all zero: of true size, and next to no disk. */
public final class SparseSafetensors {

    private final StringJoiner entries = new StringJoiner(",", "{", "}");
    private long end;

    public void add(String name, long... shape) {
        long begin = end;
        StringJoiner dimensions = new StringJoiner(",", "[", "]");
        long elements = 1;
        for (long dimension : shape) {
            dimensions.add(Long.toString(dimension));
            elements *= dimension;
        }
        end = begin + 2 * elements;
        entries.add("\"%s\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                .formatted(name, dimensions, begin, end));
    }

    public void write(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(header());
            file.setLength(size());
        }
    }

    /** All that comes before the values. */
    public byte[] header() {
        byte[] json = entries.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    /** Bytes of the file. */
    public long size() {
        return header().length + end;
    }
}
