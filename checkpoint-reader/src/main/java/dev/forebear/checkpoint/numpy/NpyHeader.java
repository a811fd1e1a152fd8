package dev.forebear.checkpoint.numpy;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.StoredValues;
import dev.forebear.checkpoint.numbers.StridedTensor;
import dev.forebear.checkpoint.storage.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an array. What a file must be: {@code \x93NUMPY}, a version, the length of the text that follows, this
 * text, and exactly as many bytes as dtype and shape give. Of the text only what NumPy itself writes is accepted,
 * though NumPy would read any Python literal.
 *
 * @param start offset of the first value
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
record NpyHeader(Dtype dtype, boolean columnsFirst, List<Long> shape, long start) {

    private static final String MAGIC = "\u0093NUMPY";
    private static final int PREFIX = 12;

    /** What NumPy itself accepts. */
    private static final int TEXT_LIMIT = 10_000;

    private static final int DIMENSIONS_LIMIT = 256;

    private static final Pattern TEXT = Pattern.compile(
            "\\{'descr': '([^']{1,16})', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\), ?\\}\\s*");

    private static final Map<String, Dtype> DTYPES = Map.ofEntries(
            Map.entry("<f4", Dtype.F32),
            Map.entry("<f2", Dtype.F16),
            Map.entry("<f8", Dtype.F64),
            Map.entry("|i1", Dtype.I8),
            Map.entry("|u1", Dtype.U8),
            Map.entry("|b1", Dtype.BOOL),
            Map.entry("<i2", Dtype.I16),
            Map.entry("<u2", Dtype.U16),
            Map.entry("<i4", Dtype.I32),
            Map.entry("<u4", Dtype.U32),
            Map.entry("<i8", Dtype.I64),
            Map.entry("<u8", Dtype.U64),
            Map.entry("<c8", Dtype.C64));

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** @throws CheckpointException MALFORMED when the file lies, UNSUPPORTED when its values are of another kind */
    static NpyHeader read(ByteSource source) throws IOException {
        ByteBuffer prefix = bytes(source, 0, PREFIX);
        String magic = new String(prefix.array(), 0, MAGIC.length(), StandardCharsets.ISO_8859_1);
        int version = prefix.get(6);
        if (!magic.equals(MAGIC) || version < 1 || version > 3) {
            throw malformed(source, "expected an array of version 1 to 3, found something else");
        }
        long length =
                version == 1 ? Short.toUnsignedLong(prefix.getShort(8)) : Integer.toUnsignedLong(prefix.getInt(8));
        if (length > TEXT_LIMIT) {
            throw malformed(source, "header: expected at most " + TEXT_LIMIT + " bytes, found " + length);
        }
        int start = version == 1 ? PREFIX - 2 : PREFIX;
        ByteBuffer text = bytes(source, start, (int) length);
        return parse(source, new String(text.array(), StandardCharsets.ISO_8859_1), start + length);
    }

    private static ByteBuffer bytes(ByteSource source, long offset, int count) throws IOException {
        if (source.size() - offset < count) {
            throw malformed(
                    source, "header: expected " + count + " bytes at " + offset + ", found a file of " + source.size());
        }
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        source.read(offset, bytes);
        return bytes.flip();
    }

    private static NpyHeader parse(ByteSource source, String text, long start) throws CheckpointException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw malformed(source, "header: expected dtype, order and shape as NumPy writes them, found " + text);
        }
        Dtype dtype = DTYPES.get(matcher.group(1));
        if (dtype == null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    source.name(),
                    "header: expected a little-endian numeric dtype, found " + matcher.group(1));
        }
        var header = new NpyHeader(dtype, matcher.group(2).equals("True"), shape(source, matcher.group(3)), start);
        header.check(source);
        return header;
    }

    private static List<Long> shape(ByteSource source, String text) throws CheckpointException {
        var shape = new ArrayList<Long>();
        for (String size : text.split(",", -1)) {
            if (size.isBlank()) {
                continue; // After the last comma, or in an empty shape.
            }
            try {
                shape.add(Long.parseLong(size.strip()));
            } catch (NumberFormatException noSize) {
                throw malformed(source, "shape: expected sizes that fit 63 bits, found " + size);
            }
        }
        if (shape.size() > DIMENSIONS_LIMIT) {
            throw malformed(source, "shape: expected at most " + DIMENSIONS_LIMIT + " sizes, found " + shape.size());
        }
        return shape;
    }

    private void check(ByteSource source) throws CheckpointException {
        long expected = dtype.bits() / Byte.SIZE;
        try {
            for (long size : shape) {
                expected = Math.multiplyExact(expected, size);
            }
        } catch (ArithmeticException overflow) {
            throw malformed(source, "shape: expected a size that fits 63 bits, found " + shape);
        }
        if (source.size() - start != expected) {
            throw malformed(
                    source,
                    "values: expected " + expected + " bytes for " + dtype + " " + shape + ", found "
                            + (source.size() - start));
        }
    }

    Tensor tensor(String name, ByteSource source) {
        return StridedTensor.of(name, shape, strides(), new StoredValues(source, start, dtype));
    }

    private List<Long> strides() {
        var strides = new Long[shape.size()];
        long step = 1;
        for (int i = 0; i < strides.length; i++) {
            int axis = columnsFirst ? i : strides.length - 1 - i;
            strides[axis] = step;
            step *= shape.get(axis);
        }
        return List.of(strides);
    }

    private static CheckpointException malformed(ByteSource source, String message) {
        return new CheckpointException(Reason.MALFORMED, source.name(), message);
    }
}
