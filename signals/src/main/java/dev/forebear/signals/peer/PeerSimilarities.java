package dev.forebear.signals.peer;

import dev.forebear.signals.ModelShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The peer signals compared from what travels in fingerprints. The vocabulary overlap, the norm layer fingerprint and
 * the weight-value cosine are estimates; {@link PeerComparison} computes them exactly. They are reported and drawn;
 * they never decide.
 */
public final class PeerSimilarities {

    private PeerSimilarities() {}

    /** One similarity per signal, in the order of {@link PeerSignal}; symmetric in the two models. */
    public static List<SignalSimilarity> between(ModelShape shapeA, PeerFeatures a, ModelShape shapeB, PeerFeatures b) {
        return between(Dimensions.of(shapeA), a, Dimensions.of(shapeB), b);
    }

    static List<SignalSimilarity> between(Dimensions sizeA, PeerFeatures a, Dimensions sizeB, PeerFeatures b) {
        ArchitectureScreening screening =
                ArchitectureScreening.between(sizeA, a.architecture(), sizeB, b.architecture());
        TokenizerFeature tokenizerA = a.tokenizer();
        TokenizerFeature tokenizerB = b.tokenizer();
        return List.of(
                SignalSimilarity.of(PeerSignal.ARCHITECTURE_SCREENING, screening.score()),
                SignalSimilarity.of(PeerSignal.TOKENIZER_VECTOR, tokenizerA, tokenizerB, TokenizerVector::similarity),
                SignalSimilarity.of(
                        PeerSignal.VOCABULARY_OVERLAP, tokenizerA, tokenizerB, PeerSimilarities::vocabularies),
                SignalSimilarity.of(
                        PeerSignal.EMBEDDING_ANCHORS,
                        EmbeddingAnchors.similarity(a.anchorSimilarities(), b.anchorSimilarities())),
                SignalSimilarity.of(
                        PeerSignal.EMBEDDING_NORMS,
                        EmbeddingNorms.similarity(a.embeddingNormHistogram(), b.embeddingNormHistogram())),
                SignalSimilarity.of(PeerSignal.NORM_LAYERS, normLayers(a, b)),
                SignalSimilarity.of(
                        PeerSignal.LAYER_ENERGY,
                        LayerEnergy.similarity(a.layerEnergyProfile(), b.layerEnergyProfile())),
                SignalSimilarity.of(
                        PeerSignal.WEIGHT_VALUES,
                        WeightValues.estimate(a.weightValueSketches(), b.weightValueSketches())));
    }

    private static @Nullable Double vocabularies(TokenizerFeature a, TokenizerFeature b) {
        return VocabularyOverlap.estimate(a.vocabularyMinHash(), b.vocabularyMinHash());
    }

    // Sketches of vectors of different length or kind have nothing in common.
    private static @Nullable Double normLayers(PeerFeatures a, PeerFeatures b) {
        boolean alike = a.normLayerMode().equals(b.normLayerMode()) && a.normLayerLength() == b.normLayerLength();
        return alike
                ? VectorSimilarity.clampedToUnit(VectorSketch.cosine(a.normLayerSketch(), b.normLayerSketch()))
                : null;
    }
}
