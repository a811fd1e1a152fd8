package dev.forebear.signals.relation;

import dev.forebear.signals.relation.RealignedRows.Seen;
import dev.forebear.signals.relation.RealignedRows.View;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of a model that kept some of the residual dimensions and neurons of wider relatives: which dimensions, the
 * columns of the embedding say.
 */
final class NarrowedRows {

    private static final int TOKENS = 1024;
    private static final double SMALLEST_SHARE = 0.9;

    private NarrowedRows() {}

    /** @param relatives by number; those that are narrower or share too few tokens are left out */
    static RealignedRows of(ModelWeights derived, Map<Integer, ModelWeights> relatives) throws IOException {
        Map<Integer, Seen> seen = new LinkedHashMap<>();
        for (Map.Entry<Integer, ModelWeights> entry : relatives.entrySet()) {
            ModelWeights relative = entry.getValue();
            kept(derived, relative)
                    .ifPresent(columns -> seen.put(entry.getKey(), new Seen(relative, rows -> {
                        double[][] chosen = Arrays.stream(rows)
                                .map(row -> Arrays.stream(columns)
                                        .mapToDouble(column -> column < 0 ? 0 : row[column])
                                        .toArray())
                                .toArray(double[][]::new);
                        return new View(chosen, chosen);
                    })));
        }
        return RealignedRows.of(derived, rows -> new View(rows, rows), seen);
    }

    /** For every residual dimension of the derived model the one of the relative, or -1. */
    private static Optional<int[]> kept(ModelWeights derived, ModelWeights relative) throws IOException {
        SharedTokens shared = SharedTokens.of(
                relative.tokens(),
                relative.transformer().embedding().rows(),
                derived.tokens(),
                derived.transformer().embedding().rows(),
                TOKENS);
        boolean wider =
                relative.transformer().hiddenSize() >= derived.transformer().hiddenSize();
        boolean alike = relative.transformer().gated() == derived.transformer().gated();
        if (!wider || !alike || shared.first().size() < Anchors.FEWEST) {
            return Optional.empty();
        }
        RowMatching columns = RowMatching.of(
                columns(derived.embeddings(shared.second())), columns(relative.embeddings(shared.first())));
        return columns.share() >= SMALLEST_SHARE ? Optional.of(columns.rows()) : Optional.empty();
    }

    private static double[][] columns(double[][] rows) {
        double[][] centred = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        Rows.centre(centred);
        return MatrixProduct.transposed(centred);
    }
}
