package dev.forebear.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonToken;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses what a header says about one tensor, and checks that its size agrees with its offsets. */
final class TensorEntryParser {

    private static final Map<String, Dtype> DTYPES =
            Arrays.stream(Dtype.values()).collect(Collectors.toUnmodifiableMap(Dtype::name, Function.identity()));

    /** Four times what any framework allows. */
    private static final int DIMENSIONS_LIMIT = 256;

    private final HeaderJson json;

    TensorEntryParser(HeaderJson json) {
        this.json = json;
    }

    TensorEntry parse(String name) throws IOException {
        String where = "tensor " + name;
        Dtype dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        var keys = new HashSet<String>();
        json.next(JsonToken.START_OBJECT, where);
        while (json.nextIsKey()) {
            switch (json.key(keys, where)) {
                case "dtype" -> dtype = dtype(where);
                case "shape" -> shape = sizes(where + ", shape");
                case "data_offsets" -> offsets = sizes(where + ", data_offsets");
                default -> json.skipValue();
            }
        }
        List<Long> range = range(present(offsets, where, "data_offsets"), where);
        return checked(new TensorEntry(
                name, present(dtype, where, "dtype"), present(shape, where, "shape"), range.get(0), range.get(1)));
    }

    private Dtype dtype(String where) throws IOException {
        String name = json.string(where + ", dtype");
        Dtype dtype = DTYPES.get(name);
        if (dtype == null) {
            throw json.malformed(where + ", dtype", "one of " + Arrays.toString(Dtype.values()), name);
        }
        return dtype;
    }

    private List<Long> sizes(String where) throws IOException {
        json.next(JsonToken.START_ARRAY, where);
        var sizes = new ArrayList<Long>();
        while (json.nextIsItem()) {
            json.refuseMoreThan(DIMENSIONS_LIMIT, sizes.size() + 1, where);
            sizes.add(json.size(where));
        }
        return sizes;
    }

    private <T> T present(@Nullable T value, String where, String key) throws CheckpointException {
        if (value == null) {
            throw json.malformed(where, key, "none");
        }
        return value;
    }

    private List<Long> range(List<Long> offsets, String where) throws CheckpointException {
        if (offsets.size() != 2) {
            throw json.malformed(where + ", data_offsets", "begin and end", offsets.size() + " numbers");
        }
        if (offsets.get(0) > offsets.get(1)) {
            throw json.malformed(where + ", data_offsets", "begin not after end", offsets + "");
        }
        return offsets;
    }

    private TensorEntry checked(TensorEntry entry) throws CheckpointException {
        String where = "tensor " + entry.name();
        long bits = bits(entry, where);
        if (bits % 8 != 0) {
            throw json.malformed(where, "values that fill whole bytes", bits + " bits");
        }
        if (entry.end() - entry.begin() != bits / 8) {
            throw json.malformed(
                    where + ", data_offsets",
                    bits / 8 + " bytes for " + entry.dtype() + " " + entry.shape(),
                    entry.end() - entry.begin() + "");
        }
        return entry;
    }

    private long bits(TensorEntry entry, String where) throws CheckpointException {
        try {
            return Math.multiplyExact(entry.elements(), (long) entry.dtype().bits());
        } catch (ArithmeticException overflow) {
            throw json.malformed(where + ", shape", "a size that fits 63 bits", entry.shape() + "");
        }
    }
}
