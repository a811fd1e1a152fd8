package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the peer keeps of one model in its database: enough for its scores without the weights, vocabulary overlap
 * excepted. Two of them give the scores that {@link PeerComparison} gives for the checkpoints.
 *
 * @param dimensions what config.json says
 * @param features from every value, not from samples
 * @param vectors what {@code features} holds sketches of
 */
public record PeerProfile(Dimensions dimensions, PeerFeatures features, PeerVectors vectors) {

    /**
     * Reads every value of the embedding and of the blocks once.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if config.json is missing or malformed
     * @throws IOException if the storage could not be reached
     */
    public static PeerProfile of(Checkpoint checkpoint) throws IOException {
        WeightFeatures weights = WeightFeatures.whole(checkpoint);
        SortedMap<Integer, Double> energies = new TreeMap<>();
        List<float[]> samples = new ArrayList<>();
        for (Map.Entry<Integer, List<Tensor>> layer :
                LayerMatrices.of(checkpoint.weights()).entrySet()) {
            if (layer.getKey() >= PeerVectors.MOST_LAYERS) {
                break;
            }
            LayerReading reading = LayerReading.whole(layer.getValue());
            energies.put(layer.getKey(), reading.energy());
            while (samples.size() < layer.getKey()) {
                samples.add(new float[0]);
            }
            samples.add(shortened(reading.sample()));
        }
        NormLayers norms = weights.normLayers();
        var vectors = new PeerVectors(
                norms == null ? 0 : norms.vectors(), norms == null ? new float[0] : norms.values(), samples);
        return new PeerProfile(
                Dimensions.of(checkpoint.config()), features(checkpoint, weights, energies, vectors), vectors);
    }

    private static PeerFeatures features(
            Checkpoint checkpoint, WeightFeatures weights, SortedMap<Integer, Double> energies, PeerVectors vectors)
            throws IOException {
        EmbeddingAnchors anchors = weights.anchors();
        EmbeddingNorms embeddingNorms = weights.embeddingNorms();
        NormLayers norms = weights.normLayers();
        return features(
                ArchitectureFeatures.of(checkpoint.config(), weights.tokenizer()),
                weights.tokenizer() == null ? null : TokenizerVector.of(weights.tokenizer()),
                anchors == null ? new short[0] : anchors.quantised(),
                embeddingNorms == null ? new float[0] : embeddingNorms.shares(),
                LayerEnergy.profile(energies),
                (norms == null ? NormLayers.Mode.DIRECT : norms.mode()).label(),
                vectors);
    }

    /**
     * Features with the sketches of these vectors.
     *
     * @param normLayerMode direct or stats
     */
    public static PeerFeatures features(
            ArchitectureFeature architecture,
            @Nullable TokenizerFeature tokenizer,
            short[] anchorSimilarities,
            float[] embeddingNormHistogram,
            float[] layerEnergyProfile,
            String normLayerMode,
            PeerVectors vectors) {
        return new PeerFeatures(
                architecture,
                tokenizer,
                anchorSimilarities,
                embeddingNormHistogram,
                layerEnergyProfile,
                normLayerMode,
                vectors.normLayers().length,
                VectorSketch.of(vectors.normLayers(), PeerExtraction.NORM_LAYER_SKETCH),
                vectors.weightValues().stream()
                        .limit(PeerExtraction.MOST_LAYERS)
                        .map(WeightValues::sketch)
                        .toList());
    }

    /** Symmetric in the two models. */
    public PeerResemblance with(PeerProfile other) {
        List<SignalSimilarity> signals =
                new ArrayList<>(PeerSimilarities.between(dimensions, features, other.dimensions, other.features));
        replace(signals, SignalSimilarity.of(PeerSignal.NORM_LAYERS, norms(), other.norms(), NormLayers::similarity));
        replace(signals, SignalSimilarity.of(PeerSignal.WEIGHT_VALUES, weightValues(other)));
        int tier = ArchitectureScreening.between(
                        dimensions, features.architecture(), other.dimensions, other.features.architecture())
                .tier();
        return new PeerResemblance(tier, signals, IdentityScore.of(signals));
    }

    private static void replace(List<SignalSimilarity> signals, SignalSimilarity exact) {
        signals.replaceAll(estimate -> estimate.signal().equals(exact.signal()) ? exact : estimate);
    }

    private @Nullable NormLayers norms() {
        var mode = features.normLayerMode().equals(NormLayers.Mode.STATS.label())
                ? NormLayers.Mode.STATS
                : NormLayers.Mode.DIRECT;
        return vectors.normLayers().length == 0
                ? null
                : new NormLayers(mode, vectors.normLayers(), vectors.normVectors());
    }

    private @Nullable Double weightValues(PeerProfile other) {
        List<float[]> own = vectors.weightValues();
        List<float[]> others = other.vectors.weightValues();
        List<Double> cosines = new ArrayList<>();
        for (int layer = 0; layer < Math.min(own.size(), others.size()); layer++) {
            Double cosine = WeightValues.cosine(own.get(layer), others.get(layer));
            if (cosine != null) {
                cosines.add(cosine);
            }
        }
        return WeightValues.mean(cosines);
    }

    private static float[] shortened(float[] sample) {
        return sample.length <= PeerVectors.MOST_WEIGHT_VALUES
                ? sample
                : Arrays.copyOf(sample, PeerVectors.MOST_WEIGHT_VALUES);
    }
}
