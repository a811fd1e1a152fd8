package dev.forebear.signals.evidence;

import dev.forebear.signals.weights.Anchors;
import java.util.Arrays;

/**
 * How much of what the weights do to tokens two models share: the mean cosine over the better half of the layers of the
 * shallower sample, each with its best counterpart, corrected for anchors that only one of the two has.
 */
final class FunctionalComparison {

    private FunctionalComparison() {}

    /**
     * -1 to 1; NaN when the two have no functional in common or fewer than {@value Anchors#FEWEST} anchors are shared.
     */
    static double sharedFunction(Functionals a, Functionals b) {
        int shared = AnchorHashes.shared(a.anchors(), b.anchors());
        if (a.width() != b.width() || shared < Anchors.FEWEST) {
            return Double.NaN;
        }
        double[][] cosines = new double[a.layers()][b.layers()];
        for (int i = 0; i < a.layers(); i++) {
            for (int j = 0; j < b.layers(); j++) {
                cosines[i][j] = cosine(a, i, b, j);
            }
        }
        // A projected matrix holds products of pairs of anchors, of which the models share this part.
        double pairs = 4.0 * shared * shared / ((double) a.anchors().length * b.anchors().length);
        return Math.clamp(sharedFunction(cosines) / pairs, -1, 1);
    }

    /**
     * Mean over the better half of the layers of the shallower model, each with its best counterpart: layers without a
     * counterpart must not hide those that have one. Of models of one depth the mean of both directions.
     *
     * @param cosines layers of the first × layers of the second
     */
    static double sharedFunction(double[][] cosines) {
        int rows = cosines.length;
        int columns = cosines[0].length;
        double[] bestOfRow = new double[rows];
        double[] bestOfColumn = new double[columns];
        Arrays.fill(bestOfRow, -1);
        Arrays.fill(bestOfColumn, -1);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                bestOfRow[i] = Math.max(bestOfRow[i], cosines[i][j]);
                bestOfColumn[j] = Math.max(bestOfColumn[j], cosines[i][j]);
            }
        }
        if (rows == columns) {
            return (meanOfBetterHalf(bestOfRow) + meanOfBetterHalf(bestOfColumn)) / 2;
        }
        return meanOfBetterHalf(rows < columns ? bestOfRow : bestOfColumn);
    }

    private static double meanOfBetterHalf(double[] cosines) {
        Arrays.sort(cosines);
        int half = (cosines.length + 1) / 2;
        double sum = 0;
        for (int i = cosines.length - half; i < cosines.length; i++) {
            sum += cosines[i];
        }
        return sum / half;
    }

    private static double cosine(Functionals a, int layerOfA, Functionals b, int layerOfB) {
        double sum = 0;
        int kinds = 0;
        if (a.queryKey().length > 0 && b.queryKey().length > 0) {
            sum += Quantised.cosine(layer(a.queryKey(), layerOfA, a), layer(b.queryKey(), layerOfB, b));
            kinds++;
        }
        if (a.feedForward().length > 0 && b.feedForward().length > 0) {
            sum += Quantised.cosine(layer(a.feedForward(), layerOfA, a), layer(b.feedForward(), layerOfB, b));
            kinds++;
        }
        return sum / kinds;
    }

    private static byte[] layer(byte[] matrices, int layer, Functionals functionals) {
        int size = functionals.width() * functionals.width();
        return Arrays.copyOfRange(matrices, layer * size, (layer + 1) * size);
    }
}
