package dev.forebear.signals.peer;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.plan.ReadStep;
import dev.forebear.checkpoint.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the features of the peer signals from samples, step by step: 64 anchor rows, at most 8,192 rows of the
 * embedding, all norm vectors, and of each block at most 32 matrices with at most 131,072 values each. About 130 MB of
 * a 7B model.
 */
public final class PeerExtraction {

    static final int NORM_LAYER_SKETCH = 256;

    /** A fingerprint has a largest size; a model of more blocks than any known is compared without them. */
    static final int MOST_LAYERS = 256;

    private final List<Tensor> weights;
    private final ModelConfig config;
    private final @Nullable Tokenizer tokenizer;
    private final @Nullable EmbeddingTable table;
    private final SortedMap<Integer, Double> energies = new TreeMap<>();
    private final List<byte[]> sketches = new ArrayList<>();
    private @Nullable EmbeddingAnchors anchors;
    private @Nullable EmbeddingNorms embeddingNorms;
    private @Nullable NormLayers normLayers;

    /** @throws dev.forebear.checkpoint.CheckpointException if config.json is missing or malformed */
    public PeerExtraction(Checkpoint checkpoint) throws IOException {
        this.weights = checkpoint.weights();
        this.config = checkpoint.config();
        this.tokenizer = WeightFeatures.readable(checkpoint);
        this.table = EmbeddingTable.find(weights);
    }

    /** To be run in this order, once. */
    public List<ReadStep> steps() {
        return List.of(
                new ReadStep("embedding anchors", this::readAnchors),
                new ReadStep("embedding norms", this::readEmbeddingNorms),
                new ReadStep("norm layers", () -> normLayers = NormLayers.of(weights)),
                new ReadStep("layer energies and weight values", this::readLayers));
    }

    private void readAnchors() throws IOException {
        if (table != null) {
            anchors = EmbeddingAnchors.of(table, AnchorTokens.choose(tokenizer, table.rows()));
        }
    }

    private void readEmbeddingNorms() throws IOException {
        if (table != null && anchors != null) {
            embeddingNorms = EmbeddingNorms.sampled(table);
        }
    }

    private void readLayers() throws IOException {
        SortedMap<Integer, List<Tensor>> layers = LayerMatrices.of(weights);
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

    /** What the steps made. */
    public PeerFeatures features() {
        return new PeerFeatures(
                ArchitectureFeatures.of(config, tokenizer),
                tokenizer == null ? null : TokenizerVector.of(tokenizer),
                anchors == null ? new short[0] : anchors.quantised(),
                embeddingNorms == null ? new float[0] : embeddingNorms.shares(),
                LayerEnergy.profile(energies),
                (normLayers == null ? NormLayers.Mode.DIRECT : normLayers.mode()).label(),
                normLayers == null ? 0 : normLayers.values().length,
                normLayers == null ? new byte[0] : VectorSketch.of(normLayers.values(), NORM_LAYER_SKETCH),
                sketches);
    }
}
