package dev.forebear.checkpoint.gguf;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of tensors of ggml: plain numbers, and blocks of values that share scales. */
enum GgmlType {
    F32(0, Dtype.F32),
    F16(1, Dtype.F16),
    Q4_0(2, 32, 18, 4, SmallBlocks::q4),
    Q4_1(3, 32, 20, 4, SmallBlocks::q4WithMinimum),
    Q5_0(6, 32, 22, 5, SmallBlocks::q5),
    Q5_1(7, 32, 24, 5, SmallBlocks::q5WithMinimum),
    Q8_0(8, 32, 34, 8, SmallBlocks::q8),
    Q2_K(10, 256, 84, 2, LargeBlocks::q2),
    Q3_K(11, 256, 110, 3, LargeBlocks::q3),
    Q4_K(12, 256, 144, 4, LargeBlocks::q4),
    Q5_K(13, 256, 176, 5, LargeBlocks::q5),
    Q6_K(14, 256, 210, 6, LargeBlocks::q6),
    IQ2_XXS(16, 256, 66, 2, null),
    IQ2_XS(17, 256, 74, 2, null),
    IQ3_XXS(18, 256, 98, 3, null),
    IQ1_S(19, 256, 50, 1, null),
    IQ4_NL(20, 32, 18, 4, SmallBlocks::iq4),
    IQ3_S(21, 256, 110, 3, null),
    IQ2_S(22, 256, 82, 2, null),
    IQ4_XS(23, 256, 136, 4, LargeBlocks::iq4),
    I8(24, Dtype.I8),
    I16(25, Dtype.I16),
    I32(26, Dtype.I32),
    I64(27, Dtype.I64),
    F64(28, Dtype.F64),
    IQ1_M(29, 256, 56, 1, null),
    BF16(30, Dtype.BF16),
    TQ1_0(34, 256, 54, 2, null),
    TQ2_0(35, 256, 66, 2, null),
    MXFP4(39, 32, 17, 4, SmallBlocks::mxfp4);

    private static final Map<Integer, GgmlType> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(type -> type.id, Function.identity()));

    private final int id;
    private final int blockValues;
    private final int blockBytes;
    private final Dtype dtype;
    private final @Nullable Quantisation quantisation;
    private final @Nullable BlockDecoder decoder;

    GgmlType(int id, Dtype dtype) {
        this.id = id;
        this.blockValues = 1;
        this.blockBytes = dtype.bits() / Byte.SIZE;
        this.dtype = dtype;
        this.quantisation = null;
        this.decoder = null;
    }

    GgmlType(int id, int blockValues, int blockBytes, int bits, @Nullable BlockDecoder decoder) {
        this.id = id;
        this.blockValues = blockValues;
        this.blockBytes = blockBytes;
        this.dtype = Dtype.F32;
        this.quantisation = Quantisation.of(name(), bits);
        this.decoder = decoder;
    }

    /** @throws CheckpointException UNSUPPORTED when there is none that is known */
    static GgmlType of(int id, String file, String where) throws CheckpointException {
        GgmlType type = BY_ID.get(id);
        if (type == null) {
            throw new CheckpointException(
                    Reason.UNSUPPORTED,
                    file,
                    where + ": expected a type of ggml that is known, found " + Integer.toUnsignedString(id));
        }
        return type;
    }

    /** Values of a block; 1 for plain numbers. */
    int blockValues() {
        return blockValues;
    }

    int blockBytes() {
        return blockBytes;
    }

    /** What values are read as. */
    Dtype dtype() {
        return dtype;
    }

    /** Null for plain numbers. */
    @Nullable
    Quantisation quantisation() {
        return quantisation;
    }

    /** Null for plain numbers, and for types that are not read. */
    @Nullable
    BlockDecoder decoder() {
        return decoder;
    }
}
