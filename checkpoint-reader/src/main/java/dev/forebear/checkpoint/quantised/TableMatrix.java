package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import dev.forebear.checkpoint.storage.StoredJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A matrix as bitsandbytes packs it into 4 bits (NF4, FP4): each code names an entry of a table of 16 values, to be
 * multiplied with the largest value of its block. Blocks run over the ends of rows.
 *
 * <pre>
 *   weight                  two codes a byte, the first in the high bits
 *   weight.quant_map        the table
 *   weight.absmax           largest value of each block or, nested, its code in nested_quant_map
 *   weight.nested_absmax    what a block of those is multiplied with, before an offset is added
 *   weight.quant_state.…    shape, size of blocks and offset, as JSON in bytes
 * </pre>
 *
 * @see <a href="https://arxiv.org/abs/2305.14314">QLoRA</a>
 */
final class TableMatrix implements PackedMatrix {

    private static final String STATE = ".weight.quant_state.bitsandbytes__";
    private static final int STATE_LIMIT = 64 << 10;
    private static final int BLOCK_LIMIT = 1 << 20;
    private static final int TABLE = 16;

    private final StoredTensor codes;
    private final float[] table;
    private final BlockMaxima maxima;
    private final String kind;
    private final int rows;
    private final int columns;
    private final long bytes;

    TableMatrix(Parts parts) throws IOException {
        codes = parts.required(".weight", Dtype.U8);
        kind = parts.has(STATE + "nf4") ? "nf4" : "fp4";
        StoredTensor stored = parts.required(STATE + kind, Dtype.U8);
        JsonNode state = state(stored);
        rows = size(state.path("shape").path(0), stored, "shape");
        columns = size(state.path("shape").path(1), stored, "shape");
        long values = (long) rows * columns;
        if (codes.elements() != Math.ceilDiv(values, 2L)) {
            throw Parts.malformed(codes, "expected " + values + " codes of 4 bits, found shape " + codes.shape());
        }
        StoredTensor map = parts.scales(".weight.quant_map");
        Parts.requireShape(map, TABLE);
        table = new float[TABLE];
        map.read(0, TABLE, table, 0);
        maxima = BlockMaxima.of(
                parts, values, block(state.path("blocksize"), stored, "blocksize"), nested(state, stored));
        bytes = parts.bytes();
    }

    private static JsonNode state(StoredTensor stored) throws IOException {
        if (stored.bytes() > STATE_LIMIT) {
            throw Parts.malformed(stored, "expected at most " + STATE_LIMIT + " bytes, found " + stored.bytes());
        }
        return StoredJson.parse(stored.name(), Parts.bytes(stored).array());
    }

    private static BlockMaxima.@Nullable Nested nested(JsonNode state, StoredTensor stored) throws CheckpointException {
        if (!state.hasNonNull("nested_blocksize")) {
            return null;
        }
        return new BlockMaxima.Nested(block(state.path("nested_blocksize"), stored, "nested_blocksize"), (float)
                state.path("nested_offset").asDouble(0));
    }

    private static int size(JsonNode value, StoredTensor stored, String field) throws CheckpointException {
        if (!value.canConvertToInt()) {
            throw Parts.malformed(stored, field + ": expected rows and columns, found " + value.getNodeType());
        }
        return Parts.bounded(stored, value.intValue());
    }

    private static int block(JsonNode value, StoredTensor stored, String field) throws CheckpointException {
        if (!value.canConvertToInt() || value.intValue() < 1 || value.intValue() > BLOCK_LIMIT) {
            throw Parts.malformed(stored, field + ": expected 1 to " + BLOCK_LIMIT);
        }
        return value.intValue();
    }

    @Override
    public Quantisation quantisation() {
        return new Quantisation(kind.toUpperCase(Locale.ROOT), 4, "blocks of " + maxima.block());
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void readRows(long first, int count, float[] into, int at) throws IOException {
        long begin = first * columns;
        int values = Math.multiplyExact(count, columns);
        long firstByte = begin / 2;
        var packed = new byte[Math.toIntExact(Math.ceilDiv(begin + values, 2L) - firstByte)];
        codes.readBytes(firstByte, ByteBuffer.wrap(packed));
        float[] largest = maxima.read(begin, values);
        long firstBlock = begin / maxima.block();
        for (int i = 0; i < values; i++) {
            long value = begin + i;
            int pair = packed[(int) (value / 2 - firstByte)];
            int code = value % 2 == 0 ? pair >>> 4 & 0xf : pair & 0xf;
            into[at + i] = table[code] * largest[(int) (value / maxima.block() - firstBlock)];
        }
    }
}
