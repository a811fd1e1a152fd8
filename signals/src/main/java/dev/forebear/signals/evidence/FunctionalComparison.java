package dev.forebear.signals.evidence;

import dev.forebear.signals.statistics.Counterparts;
import dev.forebear.signals.weights.Anchors;
import java.util.Arrays;

/**
 * How much of what the weights do to tokens two models share: the mean cosine over the better half of the layers of the
 * shallower sample, each with its best counterpart, corrected for anchors that only one of the two has; and how alike
 * the embeddings of these anchors lie.
 *
 * @param sharedFunction -1 to 1; NaN when not comparable
 * @param embeddingGeometry cosine of the Gram matrices of the embeddings, -1 to 1; NaN when not comparable
 */
public record FunctionalComparison(double sharedFunction, double embeddingGeometry) {

    static final String FUNCTION = "functionals";
    static final String GEOMETRY = "embedding-geometry";

    private static final double NOT_COMPUTED = -1;

    /** Neither could be compared. */
    static final FunctionalComparison NONE = new FunctionalComparison(Double.NaN, Double.NaN);

    static FunctionalComparison between(PreparedFunctionals a, PreparedFunctionals b, EvidenceList to) {
        int shared = a.sharedAnchors(b);
        if (!a.sameWidth(b) || shared < Anchors.FEWEST) {
            String why = a.sameWidth(b)
                    ? "expected at least " + Anchors.FEWEST + " shared tokens, found " + shared
                    : "projected to different widths";
            to.miss(FUNCTION, why);
            to.miss(GEOMETRY, why);
            return NONE;
        }
        double pairs = a.sharedPairs(shared, b);
        return new FunctionalComparison(function(a, b, pairs, to), geometry(a, b, pairs, to));
    }

    /** What signs rule out is not computed, and NaN. */
    static FunctionalComparison whereSignsAgree(PreparedFunctionals a, PreparedFunctionals b) {
        boolean functions = a.functionsMayAgree(b);
        boolean geometry = a.geometryMayAgree(b);
        int shared = functions || geometry ? a.sharedAnchors(b) : 0;
        if (shared < Anchors.FEWEST) {
            return NONE;
        }
        double pairs = a.sharedPairs(shared, b);
        EvidenceList nothing = new EvidenceList();
        return new FunctionalComparison(
                functions ? function(a, b, pairs, nothing) : Double.NaN,
                geometry ? geometry(a, b, pairs, nothing) : Double.NaN);
    }

    private static double function(PreparedFunctionals a, PreparedFunctionals b, double pairs, EvidenceList to) {
        if (!a.bothQueryKey(b) && !a.bothFeedForward(b)) {
            to.miss(FUNCTION, "neither attention nor MLPs were projected in both, or only zeros");
            return Double.NaN;
        }
        return Math.clamp(Counterparts.meanOfBetterHalf(cosines(a, b)) / pairs, -1, 1);
    }

    private static double geometry(PreparedFunctionals a, PreparedFunctionals b, double pairs, EvidenceList to) {
        if (!a.bothGeometry(b)) {
            to.miss(GEOMETRY, "not recorded in both, or all embeddings equal");
            return Double.NaN;
        }
        return Math.clamp(a.geometry(b) / pairs, -1, 1);
    }

    /** Of every layer of either model with the counterpart that signs say is the best; -1 for all other pairs. */
    private static double[][] cosines(PreparedFunctionals a, PreparedFunctionals b) {
        double[][] cosines = new double[a.layers()][b.layers()];
        for (double[] row : cosines) {
            Arrays.fill(row, NOT_COMPUTED);
        }
        int[][] differing = new int[a.layers()][b.layers()];
        for (int i = 0; i < a.layers(); i++) {
            for (int j = 0; j < b.layers(); j++) {
                differing[i][j] = a.differing(i, b, j);
            }
        }
        for (int i = 0; i < a.layers(); i++) {
            int best = leastOfRow(differing, i);
            cosines[i][best] = cosine(a, i, b, best);
        }
        for (int j = 0; j < b.layers(); j++) {
            int best = leastOfColumn(differing, j);
            if (cosines[best][j] == NOT_COMPUTED) {
                cosines[best][j] = cosine(a, best, b, j);
            }
        }
        return cosines;
    }

    private static int leastOfRow(int[][] differing, int row) {
        int best = 0;
        for (int j = 1; j < differing[row].length; j++) {
            best = differing[row][j] < differing[row][best] ? j : best;
        }
        return best;
    }

    private static int leastOfColumn(int[][] differing, int column) {
        int best = 0;
        for (int i = 1; i < differing.length; i++) {
            best = differing[i][column] < differing[best][column] ? i : best;
        }
        return best;
    }

    private static double cosine(PreparedFunctionals a, int layerOfA, PreparedFunctionals b, int layerOfB) {
        double sum = 0;
        int kinds = 0;
        if (a.bothQueryKey(b)) {
            sum += a.queryKey(layerOfA, b, layerOfB);
            kinds++;
        }
        if (a.bothFeedForward(b)) {
            sum += a.feedForward(layerOfA, b, layerOfB);
            kinds++;
        }
        return sum / kinds;
    }
}
