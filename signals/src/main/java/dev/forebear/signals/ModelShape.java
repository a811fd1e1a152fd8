package dev.forebear.signals;

/**
 * The dimensions of a transformer.
 *
 * @param modelType model_type of config.json
 * @param hiddenSize residual width d
 * @param layers number of blocks
 * @param intermediateSize width of the MLP, F
 * @param attentionHeads query heads
 * @param keyValueHeads key and value heads
 * @param headSize width of one head
 * @param vocabularySize rows of the embedding
 * @param experts experts per MLP, 1 for a dense model
 * @param gatedMlp whether the MLP has a gate projection
 * @param tiedEmbeddings whether the output head is the embedding
 * @param dtype dtype of most weights, as safetensors writes it
 */
public record ModelShape(
        String modelType,
        int hiddenSize,
        int layers,
        int intermediateSize,
        int attentionHeads,
        int keyValueHeads,
        int headSize,
        int vocabularySize,
        int experts,
        boolean gatedMlp,
        boolean tiedEmbeddings,
        String dtype) {}
