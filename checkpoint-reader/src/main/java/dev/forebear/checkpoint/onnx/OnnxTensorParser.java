package dev.forebear.checkpoint.onnx;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.onnx.OnnxTensor.Kept;
import dev.forebear.checkpoint.onnx.WireInput.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses one {@code TensorProto}. Its values are not read, but for integers that are written one by one. */
final class OnnxTensorParser {

    private static final int DIMENSIONS_LIMIT = 256;
    private static final int EXTERNAL_LIMIT = 16;

    private final WireInput input;
    private final long end;
    private final List<Long> dims = new ArrayList<>();
    private final Map<String, String> external = new HashMap<>();
    private final List<Long> integers = new ArrayList<>();
    private long type;
    private String name = "";
    private boolean isExternal;
    private @Nullable Kept kept;

    /** @param end offset of the byte after the message that begins at the present position */
    OnnxTensorParser(WireInput input, long end) {
        this.input = input;
        this.end = end;
    }

    /** @throws CheckpointException MALFORMED when the message lies, REFUSED when it is absurdly large */
    OnnxTensor parse() throws IOException {
        while (input.position() < end) {
            Field field = input.field(end);
            switch (field.number()) {
                case 1 -> dims(field);
                case 2 -> type = input.number(field, end);
                case 8 -> name = input.text(field, end);
                case 9 -> keep(field, Kept.Layout.RAW);
                case 4 -> keep(field, Kept.Layout.FLOATS);
                case 10 -> keep(field, Kept.Layout.DOUBLES);
                case 5, 7, 11 -> integers(field);
                case 13 -> external(field);
                case 14 -> isExternal = input.number(field, end) == 1;
                case 3 -> throw input.malformed("whole tensors", "a segment of one");
                default -> input.skip(field, end);
            }
        }
        return new OnnxTensor(name, type, dims, kept, integers, isExternal ? external : null);
    }

    private void dims(Field field) throws IOException {
        dims.addAll(numbers(field));
        if (dims.size() > DIMENSIONS_LIMIT) {
            throw input.malformed("at most " + DIMENSIONS_LIMIT + " sizes", dims.size() + "");
        }
    }

    private void integers(Field field) throws IOException {
        integers.addAll(numbers(field));
    }

    /** Numbers packed in one field, or the one number of a field. */
    private List<Long> numbers(Field field) throws IOException {
        if (field.type() == WireInput.VARINT) {
            return List.of(input.counted(end));
        }
        var numbers = new ArrayList<Long>();
        long until = input.enter(field, end);
        while (input.position() < until) {
            numbers.add(input.counted(until));
        }
        return numbers;
    }

    private void keep(Field field, Kept.Layout layout) throws IOException {
        if (kept != null || field.type() != WireInput.BYTES) {
            throw input.malformed("the values of a tensor in one piece", "several");
        }
        long until = input.enter(field, end);
        kept = new Kept(layout, input.position(), until - input.position());
        input.skipTo(until);
    }

    private void external(Field field) throws IOException {
        long until = input.enter(field, end);
        String key = "";
        String value = "";
        while (input.position() < until) {
            Field part = input.field(until);
            switch (part.number()) {
                case 1 -> key = input.text(part, until);
                case 2 -> value = input.text(part, until);
                default -> input.skip(part, until);
            }
        }
        if (external.size() == EXTERNAL_LIMIT || external.put(key, value) != null) {
            throw input.malformed("a few keys of external data, each once", key);
        }
    }
}
