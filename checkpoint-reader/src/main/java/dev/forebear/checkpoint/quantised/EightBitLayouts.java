package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.StoredTensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights of eight bits beside their scales: FP8 as DeepSeek (blocks of 128 × 128), Mistral (one scale) or FBGEMM (one
 * a row) store it, integers of compressed-tensors, and those of bitsandbytes, whose SCB is the largest value of each
 * row.
 */
final class EightBitLayouts {

    private static final List<String> SCALES = List.of(".weight_scale_inv", ".weight_scale");
    private static final String ROW_MAXIMA = ".SCB";
    private static final String ZEROS = ".weight_zero_point";
    private static final float LARGEST_INTEGER = 127;

    private EightBitLayouts() {}

    /** Null when these parts are no weight of eight bits with a scale. */
    static @Nullable PackedMatrix matrix(Parts parts, JsonNode settings) throws CheckpointException {
        StoredTensor codes = parts.find(".weight");
        if (codes == null || codes.shape().size() != 2) {
            return null;
        }
        return switch (codes.dtype()) {
            case F8_E4M3, F8_E5M2, F8_E4M3FNUZ, F8_E5M2FNUZ -> floats(codes, parts, settings);
            case I8 -> integers(codes, parts, settings);
            default -> null;
        };
    }

    private static @Nullable PackedMatrix floats(StoredTensor codes, Parts parts, JsonNode settings)
            throws CheckpointException {
        StoredTensor scales = scales(parts);
        if (scales == null) {
            return null;
        }
        int[] block = block(settings);
        ScaleGrid grid = grid(codes, scales, block);
        String scheme = "FP8 " + codes.dtype().name().substring("F8_".length());
        String grouping = block == null ? grid.toString() : "blocks of " + block[0] + " × " + block[1];
        return new ScaledMatrix(codes, grid, null, 1, new Quantisation(scheme, 8, grouping), parts.bytes());
    }

    private static @Nullable PackedMatrix integers(StoredTensor codes, Parts parts, JsonNode settings)
            throws CheckpointException {
        boolean rowMaxima = parts.has(ROW_MAXIMA);
        StoredTensor scales = rowMaxima ? parts.scales(ROW_MAXIMA) : scales(parts);
        if (scales == null) {
            return null;
        }
        parts.find(".weight_format");
        ScaleGrid grid = grid(codes, scales, null);
        StoredTensor zeros = parts.has(ZEROS) ? parts.required(ZEROS, Dtype.I8) : null;
        return new ScaledMatrix(
                codes,
                grid,
                zeros == null ? null : grid(codes, zeros, null),
                rowMaxima ? 1 / LARGEST_INTEGER : 1,
                new Quantisation(rowMaxima ? "bitsandbytes INT8" : "INT8", 8, grid.toString()),
                parts.bytes());
    }

    private static @Nullable StoredTensor scales(Parts parts) throws CheckpointException {
        for (String name : SCALES) {
            if (parts.has(name)) {
                return parts.scales(name);
            }
        }
        return null;
    }

    private static ScaleGrid grid(StoredTensor codes, StoredTensor scales, int @Nullable [] block)
            throws CheckpointException {
        return ScaleGrid.over(Parts.size(codes, 0, 2), Parts.size(codes, 1, 2), scales, block);
    }

    private static int @Nullable [] block(JsonNode settings) {
        JsonNode size = settings.path("weight_block_size");
        return size.size() == 2 ? new int[] {size.path(0).asInt(), size.path(1).asInt()} : null;
    }
}
