package dev.forebear.checkpoint.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Protobuf messages as a test writes them, honest or not. */
final class OnnxBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    OnnxBytes number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    OnnxBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    OnnxBytes bytes(int field, byte[] value) {
        return bytes(field, value.length, value);
    }

    /** Bytes that say they were another number. */
    OnnxBytes bytes(int field, long length, byte[] value) {
        varint((long) field << 3 | 2).varint(length);
        bytes.writeBytes(value);
        return this;
    }

    OnnxBytes message(int field, OnnxBytes value) {
        return bytes(field, value.toArray());
    }

    OnnxBytes varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
        return this;
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }

    /** A model whose graph has these initialisers. */
    static byte[] model(OnnxBytes... initialisers) {
        var graph = new OnnxBytes();
        for (OnnxBytes initialiser : initialisers) {
            graph.message(5, initialiser);
        }
        return new OnnxBytes().number(1, 9).message(7, graph).toArray();
    }

    /** What comes before the values of a tensor. */
    static OnnxBytes tensor(String name, int type, long... dims) {
        var tensor = new OnnxBytes();
        for (long size : dims) {
            tensor.number(1, size);
        }
        return tensor.number(2, type).text(8, name);
    }

    /** A tensor whose values are in another file. */
    static OnnxBytes external(String... keysAndValues) {
        OnnxBytes tensor = tensor("a", 1, 3).number(14, 1);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tensor.message(13, new OnnxBytes().text(1, keysAndValues[i]).text(2, keysAndValues[i + 1]));
        }
        return tensor;
    }
}
