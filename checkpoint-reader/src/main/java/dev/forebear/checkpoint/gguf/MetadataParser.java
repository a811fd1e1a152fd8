package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.gguf.Metadata.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the key-value pairs of a header.
 *
 * <pre>
 *   key: string, type: u32, value      string: length u64, bytes
 *                                      array: type u32, count u64, values
 * </pre>
 */
final class MetadataParser {

    private static final int PAIRS_LIMIT = 65_536;
    private static final int KEY_LIMIT = 65_535;
    private static final int STRING_LIMIT = 16 << 20;

    /** Eight times the largest published vocabulary. */
    private static final int ARRAY_LIMIT = 2_000_000;

    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Bytes of a value by its type; of a string those of its length, of an array those before its values. */
    private static final int[] WIDTHS = {1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8};

    private final GgufInput input;
    private final String file;

    MetadataParser(GgufInput input, String file) {
        this.input = input;
        this.file = file;
    }

    /** The number of pairs comes first of all, before the pairs and apart from them. */
    static int count(GgufInput input) throws IOException {
        return input.count("metadata", Long.BYTES + Integer.BYTES + 1, PAIRS_LIMIT);
    }

    Metadata parse(int count) throws IOException {
        Map<String, Value> values = new HashMap<>();
        for (int pair = 0; pair < count; pair++) {
            String key = input.string("metadata, key " + pair, KEY_LIMIT);
            if (values.put(key, value(type(key), key)) != null) {
                throw input.malformed("metadata: expected each key once, found " + key + " twice");
            }
        }
        return new Metadata(values);
    }

    private int type(String key) throws IOException {
        int type = input.i32(key);
        if (type < 0 || type >= WIDTHS.length) {
            throw input.malformed(key + ": expected a type of 0 to 12, found " + Integer.toUnsignedString(type));
        }
        return type;
    }

    private Value value(int type, String key) throws IOException {
        return switch (type) {
            case 7 -> new Value.Truth(input.u8(key) != 0);
            case STRING -> new Value.Text(input.string(key, STRING_LIMIT));
            case ARRAY -> array(key);
            default -> new Value.Number(number(type, key));
        };
    }

    private Value array(String key) throws IOException {
        int type = type(key);
        if (type == ARRAY) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED, file, key + ": expected an array of values, found one of arrays");
        }
        int count = input.count(key, WIDTHS[type], ARRAY_LIMIT);
        if (type == STRING) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                texts.add(input.string(key, STRING_LIMIT));
            }
            return new Value.Texts(List.copyOf(texts));
        }
        var numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(type, key);
        }
        return new Value.Numbers(numbers);
    }

    private double number(int type, String key) throws IOException {
        return switch (type) {
            case 0, 7 -> input.u8(key);
            case 1 -> (byte) input.u8(key);
            case 2 -> input.u16(key);
            case 3 -> (short) input.u16(key);
            case 4 -> Integer.toUnsignedLong(input.i32(key));
            case 5 -> input.i32(key);
            case 6 -> input.f32(key);
            case 10 -> unsigned(input.i64(key));
            case 11 -> input.i64(key);
            case 12 -> input.f64(key);
            default -> throw new IllegalArgumentException("type " + type + " is no number");
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }
}
