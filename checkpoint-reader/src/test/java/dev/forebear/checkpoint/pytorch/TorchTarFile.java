package dev.forebear.checkpoint.pytorch;

import static dev.forebear.checkpoint.pytorch.TorchPickle.F32;
import static dev.forebear.checkpoint.pytorch.TorchPickle.dictionary;
import static dev.forebear.checkpoint.pytorch.TorchPickle.text;
import static dev.forebear.checkpoint.pytorch.TorchPickle.tuple;

import dev.forebear.checkpoint.tar.TarBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Files of the tar layout as a test writes them, honest or not; one character for each byte. Unless told otherwise:
 * tensor 7, called {@code a}, of the three values of storage 1.
 */
final class TorchTarFile {

    private static final String VERSION = dictionary("protocol_version", "I1000\n", "little_endian", "\u0088") + ".";

    private String info = VERSION;
    private String pickle = dictionary("a", kept("7")) + ".";
    private String tensors = count(1) + tensor(7, 1, 0, 3, 1);
    private String storages = count(1) + storage(1, 3) + "].";

    TorchTarFile info(String pickle) {
        info = pickle;
        return this;
    }

    TorchTarFile pickle(String value) {
        pickle = value + ".";
        return this;
    }

    TorchTarFile tensors(String member) {
        tensors = member;
        return this;
    }

    TorchTarFile storages(String member) {
        storages = member;
        return this;
    }

    byte[] bytes() {
        return archive().bytes();
    }

    TarBytes archive() {
        return archive("sys_info", "pickle", "tensors", "storages");
    }

    /** Only these members. */
    TarBytes archive(String... names) {
        var archive = new TarBytes();
        for (String name : names) {
            String member =
                    switch (name) {
                        case "sys_info" -> info;
                        case "pickle" -> pickle;
                        case "tensors" -> tensors;
                        default -> storages;
                    };
            archive.file(name, member.getBytes(StandardCharsets.ISO_8859_1));
        }
        return archive;
    }

    static String count(long count) {
        return "L" + count + "L\n.";
    }

    /** What the pickle calls a tensor beside it. */
    static String kept(String key) {
        return text(key) + "Q";
    }

    static String storage(long key, int values) {
        return storage(key, F32, values) + "\0".repeat(values * Float.BYTES);
    }

    /** What is said of a storage before its values. */
    static String storage(long key, String type, long values) {
        return "(L" + key + "L\n" + text("cpu") + type + "t." + longs(values);
    }

    /** The end of the storages. */
    static String views(long... view) {
        return "]" + tuple(view) + "a.";
    }

    static String tensor(long key, long storage, long offset, long size, long stride) {
        return tensor(key, "L" + storage + "L\n", "ctorch\nFloatTensor\n", 1, size, stride, offset);
    }

    static String tensor(long key, String storage, String type, int dimensions, long... numbers) {
        return "(L" + key + "L\n" + storage + type + "t."
                + longs(0xdeadbeefL << 32 | Integer.toUnsignedLong(dimensions)) + longs(numbers);
    }

    private static String longs(long... numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(numbers).forEach(bytes::putLong);
        return new String(bytes.array(), StandardCharsets.ISO_8859_1);
    }
}
