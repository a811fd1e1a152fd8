package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The peer signals of two checkpoints computed exactly, with what is needed to draw them. They never decide.
 *
 * @param architectureTier 1 same architecture, 2 same family and size, 3 weighted score
 * @param signals one per signal, in the order of {@link PeerSignal}; symmetric in the two checkpoints
 * @param tokenizerScore the peer's mean of tokenizer vector and vocabulary overlap, 0 to 1; null without tokenizers
 * @param identity the peer's own combination of the weight signals
 * @param weightValueCosines weight-value cosine of each common block, 0 to 1
 * @param a what the signals see in the first checkpoint
 * @param b what the signals see in the second checkpoint
 */
public record PeerComparison(
        int architectureTier,
        List<SignalSimilarity> signals,
        @Nullable Double tokenizerScore,
        IdentityScore identity,
        SortedMap<Integer, Double> weightValueCosines,
        PeerPortrait a,
        PeerPortrait b) {

    private static final double VECTOR_WEIGHT = 0.25;

    public PeerComparison {
        signals = List.copyOf(signals);
        weightValueCosines = Collections.unmodifiableSortedMap(new TreeMap<>(weightValueCosines));
    }

    /**
     * Reads every value of the embedding and of the blocks of both checkpoints once, block by block; holds a few
     * megabytes whatever their size.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if a config.json is missing or malformed
     * @throws IOException if a storage could not be reached
     */
    public static PeerComparison between(Checkpoint a, Checkpoint b) throws IOException {
        WeightFeatures weightsA = WeightFeatures.whole(a);
        WeightFeatures weightsB = WeightFeatures.whole(b);
        ArchitectureScreening screening = ArchitectureScreening.between(
                Dimensions.of(a.config()),
                ArchitectureFeatures.of(a.config(), weightsA.tokenizer()),
                Dimensions.of(b.config()),
                ArchitectureFeatures.of(b.config(), weightsB.tokenizer()));
        SignalSimilarity vector = SignalSimilarity.of(
                PeerSignal.TOKENIZER_VECTOR, weightsA.tokenizer(), weightsB.tokenizer(), PeerComparison::vectors);
        SignalSimilarity overlap = SignalSimilarity.of(
                PeerSignal.VOCABULARY_OVERLAP, weightsA.tokenizer(), weightsB.tokenizer(), PeerComparison::overlap);
        LayerComparison layers = LayerComparison.between(a, b);
        List<SignalSimilarity> signals = List.of(
                SignalSimilarity.of(PeerSignal.ARCHITECTURE_SCREENING, screening.score()),
                vector,
                overlap,
                SignalSimilarity.of(
                        PeerSignal.EMBEDDING_ANCHORS,
                        weightsA.anchors(),
                        weightsB.anchors(),
                        EmbeddingAnchors::similarity),
                SignalSimilarity.of(
                        PeerSignal.EMBEDDING_NORMS,
                        weightsA.embeddingNorms(),
                        weightsB.embeddingNorms(),
                        EmbeddingNorms::similarity),
                SignalSimilarity.of(
                        PeerSignal.NORM_LAYERS, weightsA.normLayers(), weightsB.normLayers(), NormLayers::similarity),
                SignalSimilarity.of(PeerSignal.LAYER_ENERGY, layers.energySimilarity()),
                SignalSimilarity.of(PeerSignal.WEIGHT_VALUES, layers.weightValueSimilarity()));
        return new PeerComparison(
                screening.tier(),
                signals,
                tokenizerScore(vector.similarity(), overlap.similarity()),
                IdentityScore.of(signals),
                layers.cosines(),
                PeerPortrait.of(weightsA, layers.profileA()),
                PeerPortrait.of(weightsB, layers.profileB()));
    }

    private static @Nullable Double vectors(Tokenizer a, Tokenizer b) {
        return TokenizerVector.similarity(TokenizerVector.of(a), TokenizerVector.of(b));
    }

    private static @Nullable Double overlap(Tokenizer a, Tokenizer b) {
        return VocabularyOverlap.jaccard(a.vocabulary().keySet(), b.vocabulary().keySet());
    }

    private static @Nullable Double tokenizerScore(@Nullable Double vector, @Nullable Double overlap) {
        return vector == null || overlap == null
                ? null
                : VectorSimilarity.round(VECTOR_WEIGHT * vector + (1 - VECTOR_WEIGHT) * overlap);
    }
}
