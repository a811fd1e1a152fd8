package dev.forebear.signals;

/**
 * When two models are worth comparing from both checkpoints although positions may prove nothing: reordered, rotated
 * and narrower copies do the same to tokens, and hold the same embeddings up to a rotation. Independent models come to
 * mean the same as well, so this nominates and never proves.
 */
final class Nomination {

    /**
     * Shared function from which on a pair is nominated: independent models of the zoo reach .13, relatives whose
     * coordinates were changed start at .24.
     */
    static final double SMALLEST_SHARED_FUNCTION = 0.20;

    /** Cosine of the geometry of embeddings: independent models reach .26, relatives start at .45. */
    static final double SMALLEST_GEOMETRY = 0.35;

    private Nomination() {}

    /** The larger of both in units of its threshold; nominated from 1 on, 0 when neither could be compared. */
    static double strength(double sharedFunction, double embeddingGeometry) {
        double function = Double.isNaN(sharedFunction) ? 0 : sharedFunction / SMALLEST_SHARED_FUNCTION;
        double geometry = Double.isNaN(embeddingGeometry) ? 0 : embeddingGeometry / SMALLEST_GEOMETRY;
        return Math.max(0, Math.max(function, geometry));
    }
}
