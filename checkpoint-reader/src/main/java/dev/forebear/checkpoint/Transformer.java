package dev.forebear.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The roles that the tensors of a checkpoint play. Matrices are in PyTorch layout; fused tensors are split.
 *
 * @param layout naming table that recognised it, for example "llama" or "gpt2"
 * @param normalisation kind and place of the norms
 * @param hiddenSize residual width d
 * @param intermediateSize width of the MLP, F
 * @param attentionHeads query heads
 * @param keyValueHeads key and value heads
 * @param headSize width of one head
 * @param embedding token embedding (vocabulary × d)
 * @param outputHead output head (vocabulary × d); the embedding itself when tied; null when the checkpoint has none
 * @param tied whether the output head is the embedding, or stored equal to it
 * @param finalNormGain gain of the norm before the output head; null without one
 * @param layers blocks in order
 */
public record Transformer(
        String layout,
        Normalisation normalisation,
        int hiddenSize,
        int intermediateSize,
        int attentionHeads,
        int keyValueHeads,
        int headSize,
        WeightMatrix embedding,
        @Nullable WeightMatrix outputHead,
        boolean tied,
        @Nullable WeightVector finalNormGain,
        List<Layer> layers) {

    public Transformer {
        layers = List.copyOf(layers);
    }

    /** Kind and place of the norms, which decides what may be folded into the projections. */
    public enum Normalisation {
        /** Root mean square before each sublayer, gain g. */
        RMS,
        /** Root mean square before each sublayer, stored as g - 1 (Gemma); vectors read here already hold g. */
        RMS_UNIT_OFFSET,
        /** Mean and variance before each sublayer. */
        LAYER,
        /** Mean and variance after each sublayer (BERT); nothing may be folded. */
        LAYER_AFTER
    }

    /**
     * One block. Any member is null when the checkpoint does not hold it.
     *
     * @param index position in the model, from 0
     * @param attentionNormGain gain of the norm that feeds (or, for LAYER_AFTER, follows) attention
     * @param attentionNormBias its bias
     * @param mlpNormGain gain of the norm that feeds (or follows) the MLP
     * @param mlpNormBias its bias
     * @param query (heads · head size × d)
     * @param key (key-value heads · head size × d)
     * @param value (key-value heads · head size × d)
     * @param output (d × heads · head size)
     * @param mlps one for a dense block, one per expert otherwise; empty when none is recognised
     */
    public record Layer(
            int index,
            @Nullable WeightVector attentionNormGain,
            @Nullable WeightVector attentionNormBias,
            @Nullable WeightVector mlpNormGain,
            @Nullable WeightVector mlpNormBias,
            @Nullable WeightMatrix query,
            @Nullable WeightMatrix key,
            @Nullable WeightMatrix value,
            @Nullable WeightMatrix output,
            List<Mlp> mlps) {

        public Layer {
            mlps = List.copyOf(mlps);
        }
    }

    /**
     * An MLP or one expert of several.
     *
     * @param gate (F × d); null when the MLP is not gated
     * @param up (F × d)
     * @param down (d × F)
     * @param upBias bias of up (F); null without one
     */
    public record Mlp(
            @Nullable WeightMatrix gate,
            WeightMatrix up,
            WeightMatrix down,
            @Nullable WeightVector upBias) {}

    public boolean gated() {
        return layers.stream().flatMap(layer -> layer.mlps().stream()).anyMatch(mlp -> mlp.gate() != null);
    }
}
