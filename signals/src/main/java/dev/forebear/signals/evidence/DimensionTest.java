package dev.forebear.signals.evidence;

import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightMatrix;
import dev.forebear.checkpoint.tokenizer.Token;
import dev.forebear.signals.statistics.Chance;
import dev.forebear.signals.statistics.RowAgreement;
import dev.forebear.signals.statistics.Rows;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.FoldedRows;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether residual dimension i of one model is more like dimension i than like other dimensions of the other, over the
 * embeddings of shared tokens and, where neither model ties them, the output heads. Alone this proves no more than that
 * the embedding was inherited, so it never decides.
 */
final class DimensionTest {

    private static final int FEWEST_TOKENS = 8;
    private static final int DIMENSIONS = 1024;
    private static final String ASSUMPTION = "residual dimensions of independently trained models are numbered in no"
            + " common order; sums over dimensions are normal";

    private DimensionTest() {}

    /** Empty for different hidden sizes or fewer than {@value #FEWEST_TOKENS} shared tokens. */
    static Optional<Evidence> evidence(Transformer a, Transformer b, SharedTokens shared, Findings findings)
            throws IOException {
        if (a.hiddenSize() != b.hiddenSize() || shared.first().size() < FEWEST_TOKENS) {
            return Optional.empty();
        }
        double[][] similarity = Rows.timesTransposed(
                embeddingColumns(a, shared.first(), findings), embeddingColumns(b, shared.second(), findings));
        int fixed = RowAgreement.of(similarity).fixedPoints();
        WeightMatrix headOfA = separateHead(a);
        WeightMatrix headOfB = separateHead(b);
        if (headOfA != null && headOfB != null) {
            double[][] heads = Rows.timesTransposed(
                    headColumns(a, headOfA, shared.first(), findings),
                    headColumns(b, headOfB, shared.second(), findings));
            for (int i = 0; i < similarity.length; i++) {
                Rows.add(heads[i], 1, similarity[i]);
            }
        }
        RowAgreement agreement = RowAgreement.of(similarity);
        double value = agreement.excess() / agreement.units() / (headOfA != null && headOfB != null ? 2 : 1);
        return Optional.of(new Evidence(
                "residual-dimensions",
                "mean correlation of embedding columns of the same number",
                value,
                0,
                agreement.z() != 0 ? value / agreement.z() : 0,
                Chance.log10NormalTail(agreement.z()),
                Chance.log10FixedPoints(fixed),
                ASSUMPTION));
    }

    private static @Nullable WeightMatrix separateHead(Transformer transformer) {
        boolean separate = !transformer.tied() && transformer.normalisation() != Normalisation.LAYER_AFTER;
        return separate ? transformer.outputHead() : null;
    }

    private static double[][] embeddingColumns(Transformer transformer, List<Token> tokens, Findings findings)
            throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        double[][] rows = new double[tokens.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = reader.embedding(transformer.embedding(), tokens.get(i).id());
        }
        return columns(rows);
    }

    private static double[][] headColumns(
            Transformer transformer, WeightMatrix head, List<Token> tokens, Findings findings) throws IOException {
        FoldedRows reader = new FoldedRows(transformer, findings);
        double[] gain = reader.gain(transformer.finalNormGain());
        double[][] rows = new double[tokens.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = reader.read(head, gain, tokens.get(i).id(), 1)[0];
        }
        return columns(rows);
    }

    /** Unit columns of the centred rows, as rows; the first {@value #DIMENSIONS} of them. */
    private static double[][] columns(double[][] rows) {
        Rows.centre(rows);
        double[][] columns = new double[Math.min(DIMENSIONS, rows[0].length)][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        Rows.normalise(columns);
        return columns;
    }
}
