package dev.forebear.signals.evidence;

import dev.forebear.signals.statistics.Counterparts;
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
        return Math.clamp(Counterparts.meanOfBetterHalf(cosines) / pairs, -1, 1);
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
