package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compact features of the peer signals, as they travel in a fingerprint. Empty arrays mean not comparable.
 *
 * @param architecture architecture screening
 * @param tokenizer tokenizer vector and vocabulary; null without a tokenizer that can be read
 * @param anchorSimilarities upper triangle of the K × K anchor cosines times 32767
 * @param embeddingNormHistogram 20 bins, sum 1
 * @param layerEnergyProfile one per layer, 0 to 1
 * @param normLayerMode direct or stats
 * @param normLayerLength length of the norm layer vector before its projection
 * @param normLayerSketch 256 int8
 * @param weightValueSketches 64 int8 per layer
 */
public record PeerFeatures(
        ArchitectureFeature architecture,
        @Nullable TokenizerFeature tokenizer,
        short[] anchorSimilarities,
        float[] embeddingNormHistogram,
        float[] layerEnergyProfile,
        String normLayerMode,
        int normLayerLength,
        byte[] normLayerSketch,
        List<byte[]> weightValueSketches) {

    private static final int NORM_LAYER_SKETCH = 256;

    /** A fingerprint has a largest size; a model of more blocks than any known is compared without them. */
    private static final int MOST_LAYERS = 256;

    public PeerFeatures {
        weightValueSketches = List.copyOf(weightValueSketches);
    }

    /**
     * Extracts the features by reading samples: 64 anchor rows, at most 8,192 rows of the embedding, all norm vectors,
     * and of each block at most 32 matrices with at most 131,072 values each. About 130 MB of a 7B model.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if config.json is missing or malformed
     * @throws IOException if the storage could not be reached
     */
    public static PeerFeatures of(Checkpoint checkpoint) throws IOException {
        WeightFeatures weights = WeightFeatures.sampled(checkpoint);
        Tokenizer tokenizer = weights.tokenizer();
        EmbeddingAnchors anchors = weights.anchors();
        EmbeddingNorms embeddingNorms = weights.embeddingNorms();
        NormLayers normLayers = weights.normLayers();
        SortedMap<Integer, Double> energies = new TreeMap<>();
        List<byte[]> sketches = new ArrayList<>();
        readLayers(checkpoint, energies, sketches);
        return new PeerFeatures(
                ArchitectureFeatures.of(checkpoint.config(), tokenizer),
                tokenizer == null ? null : TokenizerVector.of(tokenizer),
                anchors == null ? new short[0] : anchors.quantised(),
                embeddingNorms == null ? new float[0] : embeddingNorms.shares(),
                LayerEnergy.profile(energies),
                (normLayers == null ? NormLayers.Mode.DIRECT : normLayers.mode()).label(),
                normLayers == null ? 0 : normLayers.values().length,
                normLayers == null ? new byte[0] : VectorSketch.of(normLayers.values(), NORM_LAYER_SKETCH),
                sketches);
    }

    private static void readLayers(Checkpoint checkpoint, Map<Integer, Double> energies, List<byte[]> sketches)
            throws IOException {
        SortedMap<Integer, List<Tensor>> layers = LayerMatrices.of(checkpoint.weights());
        if (!layers.isEmpty() && layers.lastKey() >= MOST_LAYERS) {
            return;
        }
        for (Map.Entry<Integer, List<Tensor>> layer : layers.entrySet()) {
            LayerReading reading = LayerReading.sampled(layer.getValue());
            energies.put(layer.getKey(), reading.energy());
            while (sketches.size() < layer.getKey()) {
                sketches.add(new byte[0]);
            }
            sketches.add(WeightValues.sketch(reading.sample()));
        }
    }
}
