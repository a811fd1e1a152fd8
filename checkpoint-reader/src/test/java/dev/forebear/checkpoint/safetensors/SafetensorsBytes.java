package dev.forebear.checkpoint.safetensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Safetensors files as a test writes them, honest or not. */
public final class SafetensorsBytes {

    private SafetensorsBytes() {}

    /** A file with this header and so many bytes of data. */
    public static byte[] file(String header, int dataSize) {
        return file(header.getBytes(StandardCharsets.UTF_8), new byte[dataSize]);
    }

    public static byte[] file(byte[] header, byte[] data) {
        return file(header.length, header, data);
    }

    /** A file that says its header had another length. */
    public static byte[] file(long length, byte[] header, byte[] data) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array());
        bytes.writeBytes(header);
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }
}
