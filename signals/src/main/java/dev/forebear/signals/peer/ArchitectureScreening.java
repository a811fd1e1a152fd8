package dev.forebear.signals.peer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Architecture screening (the peer's MFI): how alike two configurations are. Costs config.json and nothing else. It
 * compares no weight: every model of one architecture scores 1 against every other.
 *
 * @param tier 1 for the same architecture, 2 for the same family at the same size, 3 for a weighted score
 * @param score 0 to 1, rounded
 */
record ArchitectureScreening(int tier, double score) {

    private static final double FAMILY_SCORE = 0.9;
    private static final double SMALLEST_RATIO = 0.9;

    static ArchitectureScreening between(
            Dimensions sizeA, ArchitectureFeature a, Dimensions sizeB, ArchitectureFeature b) {
        if (a.architectureHash().equals(b.architectureHash())) {
            return new ArchitectureScreening(1, 1);
        }
        boolean sameSize = sizeA.hiddenSize() == sizeB.hiddenSize() && sizeA.layers() == sizeB.layers();
        if (sameSize && a.familyHash().equals(b.familyHash())) {
            return new ArchitectureScreening(2, FAMILY_SCORE);
        }
        return new ArchitectureScreening(3, softScore(sizeA, a, sizeB, b));
    }

    private static double softScore(Dimensions sizeA, ArchitectureFeature a, Dimensions sizeB, ArchitectureFeature b) {
        WeightedScore score = new WeightedScore();
        score.add(1.0, equal(a.bosTokenId(), b.bosTokenId()));
        score.add(1.0, equal(a.eosTokenId(), b.eosTokenId()));
        score.add(1.8, ratio(sizeA.hiddenSize(), sizeB.hiddenSize()) >= SMALLEST_RATIO ? 1 : 0);
        score.add(1.5, equal(a.queryKeyNorm(), b.queryKeyNorm()));
        score.add(1.5, ratio(sizeA.layers(), sizeB.layers()) >= SMALLEST_RATIO ? 1 : 0);
        score.add(1.5, ratio(sizeA.vocabularySize(), sizeB.vocabularySize()));
        score.add(1.5, equal(a.attentionStyle(), b.attentionStyle()));
        score.add(1.2, rotaryBase(a.ropeTheta(), b.ropeTheta()));
        score.add(0.5, equal(a.normType(), b.normType()));
        score.add(0.4, equal(a.positionEncoding(), b.positionEncoding()));
        score.add(0.4, equal(a.attentionBias(), b.attentionBias()));
        score.add(0.1, equal(sizeA.modelType(), sizeB.modelType()));
        return VectorSimilarity.round(score.mean());
    }

    private static double rotaryBase(@Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return equal(a, b);
        }
        return a > 0 && b > 0 ? ratio(a, b) : 0;
    }

    private static double equal(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(a, b) ? 1 : 0;
    }

    private static double ratio(double a, double b) {
        return 1 - Math.abs(a - b) / Math.max(a, b);
    }
}
