package dev.forebear.signals.relation;

import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.relation.RealignedRows.Coordinates;
import dev.forebear.signals.relation.RealignedRows.Seen;
import dev.forebear.signals.relation.RealignedRows.View;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Rows of models whose residual stream was turned or reordered against each other: by their products with the
 * embeddings of the same tokens, which turn with the stream.
 */
final class TurnedRows {

    private static final int TOKENS = 512;
    private static final int TOKENS_OF_LARGE = 256;

    private TurnedRows() {}

    /** @param relatives by number; those of another width or vocabulary are left out */
    static RealignedRows of(ModelWeights derived, Map<Integer, ModelWeights> relatives) throws IOException {
        List<Token> tokens = Anchors.choose(
                derived.tokens(), derived.transformer().embedding().rows(), derived.whole() ? TOKENS : TOKENS_OF_LARGE);
        Map<Integer, Map<String, Token>> vocabularies = new LinkedHashMap<>();
        relatives.forEach((number, relative) -> {
            Map<String, Token> vocabulary = relative.tokens().stream()
                    .collect(Collectors.toMap(Token::key, Function.identity(), (first, second) -> first));
            long known = tokens.stream()
                    .filter(token -> vocabulary.containsKey(token.key()))
                    .count();
            if (comparable(derived, relative) && 2 * known >= tokens.size()) {
                vocabularies.put(number, vocabulary);
            }
        });
        List<Token> common = tokens.stream()
                .filter(token -> vocabularies.values().stream().allMatch(known -> known.containsKey(token.key())))
                .toList();
        Map<Integer, Seen> seen = new LinkedHashMap<>();
        if (common.size() < Anchors.FEWEST) {
            return RealignedRows.of(derived, rows -> new View(rows, rows), seen);
        }
        for (Map.Entry<Integer, Map<String, Token>> entry : vocabularies.entrySet()) {
            ModelWeights relative = Objects.requireNonNull(relatives.get(entry.getKey()));
            List<Token> same = common.stream()
                    .map(token -> Objects.requireNonNull(entry.getValue().get(token.key())))
                    .toList();
            seen.put(entry.getKey(), new Seen(relative, coordinates(relative, same)));
        }
        return RealignedRows.of(derived, coordinates(derived, common), seen);
    }

    private static boolean comparable(ModelWeights a, ModelWeights b) {
        return a.transformer().hiddenSize() == b.transformer().hiddenSize()
                && a.transformer().gated() == b.transformer().gated();
    }

    private static Coordinates coordinates(ModelWeights model, List<Token> tokens) throws IOException {
        double[][] embeddings = model.embeddings(tokens);
        Rows.centre(embeddings);
        scale(embeddings);
        double[][] anchors =
                Anchors.embeddings(model.transformer(), tokens, new Findings()).vectors();
        return coordinates(MatrixProduct.transposed(anchors), MatrixProduct.transposed(embeddings));
    }

    private static Coordinates coordinates(double[][] anchors, double[][] embeddings) {
        return rows -> new View(MatrixProduct.of(rows, anchors), MatrixProduct.of(rows, embeddings));
    }

    // The scale of the stream is free: a norm follows wherever it is read.
    private static void scale(double[][] embeddings) {
        double squares = 0;
        for (double[] row : embeddings) {
            squares += Rows.dot(row, row);
        }
        for (double[] row : embeddings) {
            for (int i = 0; i < row.length && squares > 0; i++) {
                row[i] /= Math.sqrt(squares);
            }
        }
    }
}
