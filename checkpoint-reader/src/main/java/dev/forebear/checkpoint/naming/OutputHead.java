package dev.forebear.checkpoint.naming;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.WeightMatrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output head of a model and whether it is the embedding.
 *
 * @param matrix null when the checkpoint has none
 */
record OutputHead(@Nullable WeightMatrix matrix, boolean tied) {

    /** Values compared at a time. */
    private static final int CHUNK = 1 << 20;

    /**
     * A stored head equal to the embedding is tied, whatever the configuration says; a missing one is, unless the
     * configuration denies it.
     */
    static OutputHead of(String location, ModelConfig config, Layout layout, Backbone backbone, WeightMatrix embedding)
            throws IOException {
        for (String name : layout.outputHeads()) {
            Tensor tensor = backbone.findAround(name);
            if (tensor != null) {
                long rows = tensor.shape().isEmpty() ? 0 : tensor.shape().getFirst();
                WeightMatrix stored = Matrices.table(location, tensor, rows, embedding.columns());
                boolean tied = equal(stored, embedding);
                return new OutputHead(tied ? embedding : stored, tied);
            }
        }
        return deniesTying(config) ? new OutputHead(null, false) : new OutputHead(embedding, true);
    }

    private static boolean deniesTying(ModelConfig config) {
        return List.of(config.text(), config.json()).stream()
                .map(json -> json.path("tie_word_embeddings"))
                .filter(JsonNode::isBoolean)
                .findFirst()
                .map(tied -> !tied.booleanValue())
                .orElse(false);
    }

    private static boolean equal(WeightMatrix a, WeightMatrix b) throws IOException {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            return false;
        }
        int step = Math.clamp(CHUNK / a.columns(), 1, a.rows());
        var left = new float[step * a.columns()];
        var right = new float[step * a.columns()];
        for (int row = 0; row < a.rows(); row += step) {
            int rows = Math.min(step, a.rows() - row);
            a.readRows(row, rows, left);
            b.readRows(row, rows, right);
            if (!Arrays.equals(left, 0, rows * a.columns(), right, 0, rows * a.columns())) {
                return false;
            }
        }
        return true;
    }
}
