package dev.forebear.checkpoint.quantised;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to pack a weight that are read here, each told by the names of its parts. */
enum PackedLayout {
    /** GPTQ and AWQ name their parts alike; GPTQ packs along the inputs, AWQ along the outputs. */
    QWEIGHT(".qweight", ".qzeros", ".scales") {
        @Override
        PackedMatrix matrix(Parts parts, JsonNode settings) throws IOException {
            int columns = Parts.size(parts.required(".qweight"), 1, 2);
            boolean packsOutputs = columns == Parts.size(parts.required(".qzeros"), 1, 2)
                    && columns != Parts.size(parts.required(".scales"), 1, 2);
            return packsOutputs ? new AwqMatrix(parts, settings) : new GptqMatrix(parts, settings);
        }
    },
    /** Integers of compressed-tensors. */
    WEIGHT_PACKED(".weight_packed", ".weight_scale", ".weight_shape") {
        @Override
        PackedMatrix matrix(Parts parts, JsonNode settings) throws IOException {
            return new CompressedMatrix(parts, settings);
        }
    },
    /** Tables of 16 values, of bitsandbytes. */
    ABSMAX(".weight.absmax", ".weight", ".weight.quant_map") {
        @Override
        PackedMatrix matrix(Parts parts, JsonNode settings) throws IOException {
            return new TableMatrix(parts);
        }
    },
    /** MXFP4 experts, all of a block in one tensor. */
    BLOCKS("_blocks", "_scales") {
        @Override
        List<Tensor> weights(String stem, Parts parts, JsonNode settings) throws IOException {
            return MicroscaledMatrix.experts(stem, parts);
        }
    },
    /** Codes of eight bits under the name of the weight itself. */
    EIGHT_BITS(".weight") {
        @Override
        @Nullable
        PackedMatrix matrix(Parts parts, JsonNode settings) throws IOException {
            return EightBitLayouts.matrix(parts, settings);
        }
    };

    private final String marker;
    private final List<String> others;

    PackedLayout(String marker, String... others) {
        this.marker = marker;
        this.others = List.of(others);
    }

    /** End of the name of the part that tells of this layout. */
    String marker() {
        return marker;
    }

    /** Whether the parts without which it would be another layout are there. */
    boolean isIn(Parts parts) {
        return others.stream().allMatch(parts::has);
    }

    /** Null when the parts are of another layout after all. */
    @Nullable
    PackedMatrix matrix(Parts parts, JsonNode settings) throws IOException {
        return null;
    }

    /** The weights that these parts stand for; none when they are of another layout. */
    List<Tensor> weights(String stem, Parts parts, JsonNode settings) throws IOException {
        PackedMatrix matrix = matrix(parts, settings);
        return matrix == null ? List.of() : List.of(new DequantisedTensor(stem + ".weight", matrix));
    }
}
