package dev.forebear.signals.evidence;

import java.util.Arrays;

/**
 * How much of what the weights do to tokens two models share: the mean cosine over the better half of the layers of the
 * shallower sample, each with its best counterpart, corrected for anchors that only one of the two has.
 */
final class FunctionalComparison {

    private FunctionalComparison() {}

    /** -1 to 1; NaN when either is missing or fewer than {@value Anchors#FEWEST} anchors are shared. */
    static double sharedFunction(Functionals a, Functionals b) {
        int shared = AnchorHashes.shared(a.anchors(), b.anchors());
        if (a.width() != b.width() || shared < Anchors.FEWEST) {
            return Double.NaN;
        }
        if (a.layers() > b.layers()) {
            return sharedFunction(b, a);
        }
        double[] best = new double[a.layers()];
        for (int i = 0; i < best.length; i++) {
            best[i] = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < b.layers(); j++) {
                best[i] = Math.max(best[i], cosine(a, i, b, j));
            }
        }
        // A projected matrix holds products of pairs of anchors, of which the models share this part.
        double pairs = 4.0 * shared * shared / ((double) a.anchors().length * b.anchors().length);
        return Math.clamp(meanOfBetterHalf(best) / pairs, -1, 1);
    }

    /** Layers that have no counterpart in the other model must not hide those that have one. */
    static double meanOfBetterHalf(double[] cosines) {
        double[] sorted = cosines.clone();
        Arrays.sort(sorted);
        int half = (sorted.length + 1) / 2;
        double sum = 0;
        for (int i = sorted.length - half; i < sorted.length; i++) {
            sum += sorted[i];
        }
        return sum / half;
    }

    private static double cosine(Functionals a, int layerOfA, Functionals b, int layerOfB) {
        double queryKey = Quantised.cosine(layer(a.queryKey(), layerOfA, a), layer(b.queryKey(), layerOfB, b));
        if (a.feedForward().length == 0 || b.feedForward().length == 0) {
            return queryKey;
        }
        double feedForward =
                Quantised.cosine(layer(a.feedForward(), layerOfA, a), layer(b.feedForward(), layerOfB, b));
        return (queryKey + feedForward) / 2;
    }

    private static byte[] layer(byte[] matrices, int layer, Functionals functionals) {
        int size = functionals.width() * functionals.width();
        return Arrays.copyOfRange(matrices, layer * size, (layer + 1) * size);
    }
}
