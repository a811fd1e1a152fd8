package dev.forebear.checkpoint.pytorch;

import dev.forebear.checkpoint.zip.ZipBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Pickles of tensors as a test writes them, honest or not; one character for each byte. */
final class TorchPickle {

    static final String F32 = "ctorch\nFloatStorage\n";

    private TorchPickle() {}

    /** A dictionary of values under names. */
    static String dictionary(String... namesAndValues) {
        var pickle = new StringBuilder("}");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pickle.append(text(namesAndValues[i])).append(namesAndValues[i + 1]).append('s');
        }
        return pickle.toString();
    }

    static String text(String text) {
        return "V" + text + "\n";
    }

    /** A storage beside the pickle, of so many values. */
    static String storage(String key, String type, long values) {
        return "(" + text("storage") + type + text(key) + text("cpu") + "L" + values + "L\ntQ";
    }

    static String tensor(String storage, long offset, long[] shape, long[] strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "L" + offset + "L\n" + tuple(shape) + tuple(strides)
                + "\u0089}tR";
    }

    /** A tensor that is all of a storage. */
    static String vector(String key, long values) {
        return tensor(storage(key, F32, values), 0, new long[] {values}, new long[] {1});
    }

    static String tuple(long... items) {
        return Arrays.stream(items).mapToObj(item -> "L" + item + "L\n").collect(Collectors.joining("", "(", "t"));
    }

    /** A zip file with this pickle and storages 0, 1, ... of so many bytes. */
    static byte[] file(String pickle, int... storages) {
        return archive(pickle, storages).bytes();
    }

    static ZipBytes archive(String pickle, int... storages) {
        ZipBytes zip = new ZipBytes().stored("model/data.pkl", pickle + ".");
        for (int key = 0; key < storages.length; key++) {
            zip.stored("model/data/" + key, new byte[storages[key]]);
        }
        return zip;
    }

    /** A stream with this pickle and storages 0, 1, ... of so many values of four bytes. */
    static byte[] stream(String pickle, String machine, int... storages) {
        var bytes = new ByteArrayOutputStream();
        var keys = new StringBuilder("]");
        for (int key = 0; key < storages.length; key++) {
            keys.append(text("" + key)).append('a');
        }
        String pickles = "L119547037146038801333356L\n." + "I1001\n." + machine + "." + pickle + "." + keys + ".";
        bytes.writeBytes(pickles.getBytes(StandardCharsets.ISO_8859_1));
        for (int values : storages) {
            bytes.writeBytes(ByteBuffer.allocate(Long.BYTES + Float.BYTES * values)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, values)
                    .array());
        }
        return bytes.toByteArray();
    }
}
