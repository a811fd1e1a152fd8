package dev.forebear.checkpoint.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes tar archives, honest ones and others. */
public final class TarBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public TarBytes file(String name, byte[] content) {
        return entry(name, '0', content.length, content);
    }

    public TarBytes folder(String name) {
        return entry(name, '5', 0, new byte[0]);
    }

    /** An entry whose header says a size of its own. */
    public TarBytes entry(String name, char type, long size, byte[] content) {
        return raw(header(name, type, "%011o".formatted(size).getBytes(StandardCharsets.US_ASCII)), content);
    }

    /** A name in an entry of its own, as GNU tar writes long ones. */
    TarBytes longName(String name) {
        byte[] bytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        return entry("././@LongLink", 'L', bytes.length, bytes);
    }

    /** An extended header, as POSIX writes what does not fit. */
    TarBytes extended(String key, String value) {
        String line = " " + key + "=" + value + "\n";
        int length = line.length() + 2;
        length = line.length() + Integer.toString(length).length();
        byte[] bytes = (length + line).getBytes(StandardCharsets.UTF_8);
        return entry("PaxHeader", 'x', bytes.length, bytes);
    }

    TarBytes raw(byte[] header, byte[] content) {
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    static byte[] header(String name, char type, byte[] size) {
        byte[] block = new byte[512];
        put(block, 0, name.getBytes(StandardCharsets.UTF_8));
        put(block, 100, "0000644".getBytes(StandardCharsets.US_ASCII));
        put(block, 124, size);
        put(block, 136, "00000000000".getBytes(StandardCharsets.US_ASCII));
        block[156] = (byte) type;
        put(block, 257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, "%06o\0".formatted(sum).getBytes(StandardCharsets.US_ASCII));
        return block;
    }

    private static void put(byte[] block, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, block.length - at));
    }

    byte[] unfinished() {
        return out.toByteArray();
    }

    public byte[] bytes() {
        out.writeBytes(new byte[1024]);
        return out.toByteArray();
    }
}
