package dev.forebear.signals.evidence;

/** Functionals and geometry of one model ready to be compared. */
final class PreparedFunctionals {

    /** Deviations of random signs by which signs must agree for a comparison to be worth it. */
    private static final double WORTH_COMPARING = 3;

    private final int width;
    private final byte[] anchors;
    private final ProjectedLayers queryKey;
    private final ProjectedLayers feedForward;
    private final ProjectedLayers geometry;

    PreparedFunctionals(Functionals functionals) {
        width = functionals.width();
        anchors = functionals.anchors();
        queryKey = new ProjectedLayers(functionals.queryKey(), width * width);
        feedForward = new ProjectedLayers(functionals.feedForward(), width * width);
        geometry = new ProjectedLayers(functionals.geometry(), triangle());
    }

    private int triangle() {
        return width * (width + 1) / 2;
    }

    int layers() {
        return Math.max(queryKey.layers(), feedForward.layers());
    }

    int width() {
        return width;
    }

    boolean hasQueryKey() {
        return queryKey.isPresent();
    }

    boolean hasFeedForward() {
        return feedForward.isPresent();
    }

    boolean hasGeometry() {
        return geometry.isPresent();
    }

    /** Signs of the sums over all layers; zeros where there are none. */
    void copySigns(long[] to, int queryKeyAt, int feedForwardAt, int geometryAt) {
        queryKey.copySignsOfSum(to, queryKeyAt);
        feedForward.copySignsOfSum(to, feedForwardAt);
        geometry.copySignsOfSum(to, geometryAt);
    }

    boolean sameWidth(PreparedFunctionals other) {
        return width == other.width;
    }

    int sharedAnchors(PreparedFunctionals other) {
        return AnchorHashes.shared(anchors, other.anchors);
    }

    /** A projected matrix holds products of pairs of anchors, of which the two models share this part. */
    double sharedPairs(int sharedAnchors, PreparedFunctionals other) {
        return 4.0 * sharedAnchors * sharedAnchors / ((double) anchors.length * other.anchors.length);
    }

    boolean bothQueryKey(PreparedFunctionals other) {
        return queryKey.isPresent() && other.queryKey.isPresent();
    }

    boolean bothFeedForward(PreparedFunctionals other) {
        return feedForward.isPresent() && other.feedForward.isPresent();
    }

    boolean bothGeometry(PreparedFunctionals other) {
        return geometry.isPresent() && other.geometry.isPresent();
    }

    double queryKey(int layer, PreparedFunctionals other, int layerOfOther) {
        return queryKey.cosine(layer, other.queryKey, layerOfOther);
    }

    double feedForward(int layer, PreparedFunctionals other, int layerOfOther) {
        return feedForward.cosine(layer, other.feedForward, layerOfOther);
    }

    double geometry(PreparedFunctionals other) {
        return geometry.cosine(0, other.geometry, 0);
    }

    /** Signs in which two layers differ, of the kinds that both models have. */
    int differing(int layer, PreparedFunctionals other, int layerOfOther) {
        return (bothQueryKey(other) ? queryKey.differing(layer, other.queryKey, layerOfOther) : 0)
                + (bothFeedForward(other) ? feedForward.differing(layer, other.feedForward, layerOfOther) : 0);
    }

    /**
     * Whether signs alone agree by more than three deviations of random ones: those of the sums over all layers, and
     * those of any layer of the one with any of the other. Takes some tens of nanoseconds where the first do not.
     */
    boolean functionsMayAgree(PreparedFunctionals other) {
        return width == other.width && sumsMayAgree(other) && anyLayersMayAgree(other);
    }

    private boolean sumsMayAgree(PreparedFunctionals other) {
        int matrix = width * width;
        int values = 0;
        int differing = 0;
        if (bothQueryKey(other)) {
            values += matrix;
            differing += queryKey.differing(other.queryKey);
        }
        if (bothFeedForward(other)) {
            values += matrix;
            differing += feedForward.differing(other.feedForward);
        }
        return beyondChance(differing, values);
    }

    private boolean anyLayersMayAgree(PreparedFunctionals other) {
        int values = (bothQueryKey(other) ? width * width : 0) + (bothFeedForward(other) ? width * width : 0);
        for (int layer = 0; layer < layers(); layer++) {
            for (int layerOfOther = 0; layerOfOther < other.layers(); layerOfOther++) {
                if (beyondChance(differing(layer, other, layerOfOther), values)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether signs of the geometry agree so. */
    boolean geometryMayAgree(PreparedFunctionals other) {
        return width == other.width
                && bothGeometry(other)
                && beyondChance(geometry.differing(other.geometry), triangle());
    }

    private static boolean beyondChance(int differing, int values) {
        return values - 2 * differing >= WORTH_COMPARING * Math.sqrt(values) && values > 0;
    }

    /** Most of so many signs that may differ where a comparison is worth it; -1 when none may. */
    static int mostDiffering(int values) {
        return values == 0 ? -1 : (int) Math.floor((values - WORTH_COMPARING * Math.sqrt(values)) / 2);
    }
}
