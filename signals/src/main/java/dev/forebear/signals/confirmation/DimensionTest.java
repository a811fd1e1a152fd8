package dev.forebear.signals.confirmation;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.MatrixProduct;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether residual dimension i of one model is more like dimension i than like other dimensions of the other, over the
 * embeddings of shared tokens and, where neither model ties them, the output heads. Alone this proves no more than that
 * the embedding was inherited, so it never decides.
 */
final class DimensionTest {

    static final String SIGNAL = "residual-dimensions";
    private static final int FEWEST_TOKENS = 8;
    private static final int DIMENSIONS = 1024;
    private static final String ASSUMPTION = "residual dimensions of independently trained models are numbered in no"
            + " common order; sums over dimensions are normal";

    private DimensionTest() {}

    /** Empty, with the reason, for different hidden sizes or too few shared tokens. */
    static Optional<Evidence> evidence(ModelWeights a, ModelWeights b, SharedTokens shared, Findings notComparable)
            throws IOException {
        int sizeOfA = a.transformer().hiddenSize();
        int sizeOfB = b.transformer().hiddenSize();
        if (sizeOfA != sizeOfB) {
            notComparable.add(SIGNAL + ": expected equal hidden sizes, found " + sizeOfA + " and " + sizeOfB);
            return Optional.empty();
        }
        double[][] ofA = a.embeddings(shared.first());
        double[][] ofB = b.embeddings(shared.second());
        int tokens = Math.min(TokenColumns.distinct(ofA), TokenColumns.distinct(ofB));
        if (tokens < FEWEST_TOKENS) {
            notComparable.add(SIGNAL + ": expected at least " + FEWEST_TOKENS
                    + " shared tokens with embeddings of their own, found " + tokens);
            return Optional.empty();
        }
        double[][] similarity = similarity(ofA, ofB);
        int fixed = RowAgreement.of(similarity).fixedPoints();
        int projections = 1;
        if (hasSeparateHead(a.transformer()) && hasSeparateHead(b.transformer())) {
            double[][] heads = similarity(a.heads(shared.first()), b.heads(shared.second()));
            for (int i = 0; i < similarity.length; i++) {
                Rows.add(heads[i], 1, similarity[i]);
            }
            projections = 2;
        }
        Agreement agreement = Agreement.of(similarity, projections);
        if (!agreement.comparable()) {
            notComparable.add(SIGNAL + ": expected embeddings that vary, found constant ones");
            return Optional.empty();
        }
        return Optional.of(new Evidence(
                SIGNAL,
                "mean correlation of embedding columns of the same number",
                agreement.similarity(),
                0,
                agreement.deviation(),
                Chance.log10NormalTail(agreement.z()),
                Chance.log10FixedPoints(fixed),
                ASSUMPTION));
    }

    private static double[][] similarity(double[][] ofA, double[][] ofB) {
        Rows.centre(ofA);
        Rows.centre(ofB);
        return MatrixProduct.of(
                TokenColumns.of(ofA, DIMENSIONS), MatrixProduct.transposed(TokenColumns.of(ofB, DIMENSIONS)));
    }

    private static boolean hasSeparateHead(Transformer transformer) {
        return transformer.outputHead() != null
                && !transformer.tied()
                && transformer.normalisation() != Normalisation.LAYER_AFTER;
    }
}
