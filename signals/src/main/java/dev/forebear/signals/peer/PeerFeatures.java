package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.plan.ReadStep;
import java.io.IOException;
import java.util.List;
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

    public PeerFeatures {
        weightValueSketches = List.copyOf(weightValueSketches);
    }

    /**
     * Reads samples; {@link PeerExtraction} says which.
     *
     * @throws dev.forebear.checkpoint.CheckpointException if config.json is missing or malformed
     * @throws IOException if the storage could not be reached
     */
    public static PeerFeatures of(Checkpoint checkpoint) throws IOException {
        var extraction = new PeerExtraction(checkpoint);
        for (ReadStep step : extraction.steps()) {
            step.reading().read();
        }
        return extraction.features();
    }
}
