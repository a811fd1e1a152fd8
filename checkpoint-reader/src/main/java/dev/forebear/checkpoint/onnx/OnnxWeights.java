package dev.forebear.checkpoint.onnx;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.numbers.ContiguousTensor;
import dev.forebear.checkpoint.numbers.StoredValues;
import dev.forebear.checkpoint.storage.ByteSource;
import dev.forebear.checkpoint.storage.BytesSource;
import dev.forebear.checkpoint.storage.FileNames;
import dev.forebear.checkpoint.storage.SourceRange;
import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Finds the values of initialisers: in the model's file, or in the files of external data beside it. */
final class OnnxWeights {

    private final Storage storage;
    private final ByteSource model;
    private final Map<String, ByteSource> opened = new HashMap<>();

    OnnxWeights(Storage storage, ByteSource model) {
        this.storage = storage;
        this.model = model;
    }

    /**
     * @throws CheckpointException MALFORMED when the values are not as many as the sizes say, MISSING when their file
     *     is, REFUSED when that lies elsewhere, UNSUPPORTED when the dtype is not read
     */
    Tensor tensor(OnnxTensor said) throws IOException {
        Dtype dtype = said.dtype();
        if (dtype == null) {
            throw refusal(Reason.UNSUPPORTED, said, "a numeric dtype of whole bytes", "number " + said.type());
        }
        long bytes = bytes(said, dtype);
        ByteSource values = values(said, dtype, bytes);
        if (values.size() != bytes) {
            throw malformed(said, bytes + " bytes for " + dtype + " " + said.dims(), values.size() + "");
        }
        return new ContiguousTensor(said.name(), said.dims(), new StoredValues(values, 0, dtype));
    }

    private long bytes(OnnxTensor said, Dtype dtype) throws CheckpointException {
        long bytes = dtype.bits() / Byte.SIZE;
        try {
            for (long size : said.dims()) {
                bytes = Math.multiplyExact(bytes, size);
                if (size < 0) {
                    throw malformed(said, "sizes from 0 on", said.dims() + "");
                }
            }
            return bytes;
        } catch (ArithmeticException overflow) {
            throw malformed(said, "a size that fits 63 bits", said.dims() + "");
        }
    }

    private ByteSource values(OnnxTensor said, Dtype dtype, long bytes) throws IOException {
        if (said.external() != null) {
            return external(said, said.external(), bytes);
        }
        if (said.kept() == null) {
            return integers(said, dtype);
        }
        if (!said.kept().holds(dtype)) {
            throw malformed(said, "values of " + dtype, "those of another dtype");
        }
        return new SourceRange(model, said.kept().offset(), said.kept().length());
    }

    private ByteSource external(OnnxTensor said, Map<String, String> where, long bytes) throws IOException {
        String location = where.getOrDefault("location", "");
        FileNames.check(location);
        ByteSource file = opened.get(location);
        if (file == null) {
            file = storage.open(location);
            opened.put(location, file);
        }
        return new SourceRange(file, number(said, where, "offset", 0), number(said, where, "length", bytes));
    }

    private long number(OnnxTensor said, Map<String, String> where, String key, long otherwise)
            throws CheckpointException {
        try {
            String text = where.get(key);
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw malformed(said, "a number as " + key + " of its external data", where.get(key) + "");
        }
    }

    // Each is written in as few bytes as it needs; here they become values of one width.
    private BytesSource integers(OnnxTensor said, Dtype dtype) {
        int width = dtype.bits() / Byte.SIZE;
        var bytes = ByteBuffer.allocate(said.integers().size() * width).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : said.integers()) {
            for (int octet = 0; octet < width; octet++) {
                bytes.put((byte) (value >>> Byte.SIZE * octet));
            }
        }
        return new BytesSource(model.name(), bytes.array());
    }

    private CheckpointException malformed(OnnxTensor said, String expected, String found) {
        return refusal(Reason.MALFORMED, said, expected, found);
    }

    private CheckpointException refusal(Reason reason, OnnxTensor said, String expected, String found) {
        return new CheckpointException(
                reason, model.name(), "tensor " + said.name() + ": expected " + expected + ", found " + found);
    }
}
