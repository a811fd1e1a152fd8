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

    /** Tables of up to so many values are compared in full. */
    private static final int WHOLE = 1 << 22;

    /** Evenly spaced runs of rows that are compared of a larger table, the first and the last rows among them. */
    private static final int RUNS = 16;

    /** Values of a run. */
    private static final int RUN = 1 << 14;

    /**
     * A stored head equal to the embedding is tied, whatever the configuration says; a missing one is, unless the
     * configuration denies it. Of large tables samples are compared: training changes every row of a head of its own.
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
        int rows = Math.clamp(RUN / a.columns(), 1, a.rows());
        int runs = (long) a.rows() * a.columns() <= WHOLE ? Math.ceilDiv(a.rows(), rows) : RUNS;
        for (int run = 0; run < runs; run++) {
            int first = (int) ((long) (a.rows() - rows) * run / Math.max(1, runs - 1));
            if (!equalRows(a, b, first, rows)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalRows(WeightMatrix a, WeightMatrix b, int first, int rows) throws IOException {
        var left = new float[rows * a.columns()];
        var right = new float[rows * a.columns()];
        a.readRows(first, rows, left);
        b.readRows(first, rows, right);
        return Arrays.equals(left, right);
    }
}
