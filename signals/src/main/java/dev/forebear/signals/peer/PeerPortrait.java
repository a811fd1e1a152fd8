package dev.forebear.signals.peer;

/**
 * What the peer signals see in one checkpoint, ready to be drawn. Empty arrays where there is nothing to see.
 *
 * @param anchorIds anchor tokens, in the order of the rows and columns below
 * @param anchorCosines K × K cosines of their embeddings, -1 to 1
 * @param embeddingNormShares shares of the embedding rows in 20 bins of equal width, sum 1
 * @param smallestEmbeddingNorm lower edge of the first bin
 * @param largestEmbeddingNorm upper edge of the last bin
 * @param layerEnergies sum of Frobenius norms per block over the largest, 0 to 1
 * @param normLayerMode direct or stats
 * @param normLayers norm gains and biases one after another, or four statistics of each
 */
public record PeerPortrait(
        int[] anchorIds,
        float[][] anchorCosines,
        float[] embeddingNormShares,
        float smallestEmbeddingNorm,
        float largestEmbeddingNorm,
        float[] layerEnergies,
        String normLayerMode,
        float[] normLayers) {

    static PeerPortrait of(WeightFeatures weights, float[] layerEnergies) {
        EmbeddingAnchors anchors = weights.anchors();
        EmbeddingNorms norms = weights.embeddingNorms();
        NormLayers normLayers = weights.normLayers();
        return new PeerPortrait(
                anchors == null ? new int[0] : anchors.ids(),
                anchors == null ? new float[0][] : anchors.cosines(),
                norms == null ? new float[0] : norms.shares(),
                norms == null ? 0 : norms.smallest(),
                norms == null ? 0 : norms.largest(),
                layerEnergies,
                (normLayers == null ? NormLayers.Mode.DIRECT : normLayers.mode()).label(),
                normLayers == null ? new float[0] : normLayers.values());
    }
}
