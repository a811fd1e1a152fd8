package dev.forebear.checkpoint.onnx;

import dev.forebear.checkpoint.Dtype;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about one initialiser.
 *
 * @param type number of its dtype
 * @param kept where its values lie in the file; null when they do not
 * @param integers values that are written one by one
 * @param external where its values lie in another file; null when they do not
 */
record OnnxTensor(
        String name,
        long type,
        List<Long> dims,
        @Nullable Kept kept,
        List<Long> integers,
        @Nullable Map<String, String> external) {

    private static final long STRING = 8;

    private static final Map<Long, Dtype> DTYPES = Map.ofEntries(
            Map.entry(1L, Dtype.F32),
            Map.entry(2L, Dtype.U8),
            Map.entry(3L, Dtype.I8),
            Map.entry(4L, Dtype.U16),
            Map.entry(5L, Dtype.I16),
            Map.entry(6L, Dtype.I32),
            Map.entry(7L, Dtype.I64),
            Map.entry(9L, Dtype.BOOL),
            Map.entry(10L, Dtype.F16),
            Map.entry(11L, Dtype.F64),
            Map.entry(12L, Dtype.U32),
            Map.entry(13L, Dtype.U64),
            Map.entry(14L, Dtype.C64),
            Map.entry(16L, Dtype.BF16),
            Map.entry(17L, Dtype.F8_E4M3),
            Map.entry(18L, Dtype.F8_E4M3FNUZ),
            Map.entry(19L, Dtype.F8_E5M2),
            Map.entry(20L, Dtype.F8_E5M2FNUZ));

    OnnxTensor {
        dims = List.copyOf(dims);
        integers = List.copyOf(integers);
    }

    /** Values that lie one after another in the file. */
    record Kept(Layout layout, long offset, long length) {

        enum Layout {
            /** Of any dtype. */
            RAW,
            FLOATS,
            DOUBLES
        }

        boolean holds(Dtype dtype) {
            return switch (layout) {
                case RAW -> true;
                case FLOATS -> dtype == Dtype.F32 || dtype == Dtype.C64;
                case DOUBLES -> dtype == Dtype.F64;
            };
        }
    }

    /** Whether it holds text, which is no weight. */
    boolean isText() {
        return type == STRING;
    }

    /** Null when it is none that is read. */
    @Nullable
    Dtype dtype() {
        return DTYPES.get(type);
    }
}
