package dev.forebear.signals.confirmation;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.IncreasingOrder;
import dev.forebear.signals.weights.Anchors;
import dev.forebear.signals.weights.Findings;
import dev.forebear.signals.weights.ModelWeights;
import dev.forebear.signals.weights.SharedTokens;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which residual dimension of the wider model every dimension of the narrower one resembles most, over the embeddings
 * of shared tokens without their top principal components: finds dimensions that were dropped, reordered or negated.
 * What it proves concerns the embedding, so it never decides; but rows of the body can be compared in its coordinates.
 *
 * @param evidence how many dimensions have a counterpart
 * @param columns the dimensions that have one; null when they are not one to one, too few, or all of the same number
 */
record ColumnMatching(Evidence evidence, @Nullable ColumnMap columns) {

    static final String SIGNAL = "matched-dimensions";
    private static final int FEWEST_TOKENS = 128;
    private static final int MOST_TOKENS = 512;
    private static final int MOST_COLUMNS = 512;
    private static final int FEWEST_COLUMNS = 16;

    /** log10 of the number of such counterparts that chance would produce per dimension. */
    private static final double LARGEST_LOG10_E = -6;

    private static final String ASSUMPTION = "residual dimensions of independently trained models are numbered in no"
            + " common order: dimensions that match in increasing order are as likely as in any other";

    /** Empty, with the reason, for too few shared tokens. */
    static Optional<ColumnMatching> of(ModelWeights a, ModelWeights b, SharedTokens shared, Findings notComparable)
            throws IOException {
        SharedTokens tokens = shared.first(MOST_TOKENS);
        double[][] ofA = a.embeddings(tokens.first());
        double[][] ofB = b.embeddings(tokens.second());
        int distinct = Math.min(TokenColumns.distinct(ofA), TokenColumns.distinct(ofB));
        if (distinct < FEWEST_TOKENS) {
            notComparable.add(SIGNAL + ": expected at least " + FEWEST_TOKENS
                    + " shared tokens with embeddings of their own, found " + distinct);
            return Optional.empty();
        }
        boolean firstIsNarrow = a.transformer().hiddenSize() <= b.transformer().hiddenSize();
        double[][] columnsOfA = columns(tokens, ofA, firstIsNarrow);
        double[][] columnsOfB = columns(tokens, ofB, !firstIsNarrow);
        return Optional.of(firstIsNarrow ? of(columnsOfA, columnsOfB, false) : of(columnsOfB, columnsOfA, true));
    }

    private static double[][] columns(SharedTokens tokens, double[][] vectors, boolean narrow) {
        return TokenColumns.of(
                Anchors.prepared(tokens.first(), vectors).vectors(), narrow ? MOST_COLUMNS : Integer.MAX_VALUE);
    }

    private static ColumnMatching of(double[][] narrow, double[][] wide, boolean swapped) {
        BestMatches matches = BestMatches.of(narrow, wide);
        int increasing = IncreasingOrder.longest(matches.counterpart());
        double bound = IncreasingOrder.log10Bound(narrow.length, increasing);
        int[] matched = IntStream.range(0, narrow.length)
                .filter(i -> matches.log10E()[i] <= LARGEST_LOG10_E)
                .toArray();
        Evidence evidence = new Evidence(
                SIGNAL,
                "share of dimensions with a counterpart",
                (double) matched.length / narrow.length,
                0,
                0,
                bound,
                bound,
                ASSUMPTION);
        return new ColumnMatching(evidence, map(matches, matched, narrow.length, wide.length, swapped));
    }

    private static @Nullable ColumnMap map(BestMatches matches, int[] matched, int narrow, int wide, boolean swapped) {
        int[] counterparts =
                Arrays.stream(matched).map(i -> matches.counterpart()[i]).toArray();
        double[] signs =
                Arrays.stream(matched).mapToDouble(i -> matches.sign()[i]).toArray();
        boolean oneToOne = Arrays.stream(counterparts).distinct().count() == counterparts.length;
        if (!oneToOne || matched.length < FEWEST_COLUMNS || 2 * matched.length < narrow) {
            return null;
        }
        ColumnMap map =
                swapped ? new ColumnMap(counterparts, matched, signs) : new ColumnMap(matched, counterparts, signs);
        return narrow == wide && map.identity() ? null : map;
    }
}
