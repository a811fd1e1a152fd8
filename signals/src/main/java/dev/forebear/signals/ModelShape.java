package dev.forebear.signals;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Dtype;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Quantisation;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Transformer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The dimensions of a transformer; all 0 of an adapter without its base.
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
 * @param dtype what most weights are stored as: a dtype as safetensors writes it, or how they are quantised
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
        String dtype) {

    /**
     * From the tensors where their names are recognised, else as declared.
     *
     * @throws CheckpointException if neither the tensors nor config.json say it
     */
    public static ModelShape of(Checkpoint checkpoint) throws IOException {
        String dtype = storedAs(checkpoint);
        try {
            return of(checkpoint.config(), checkpoint.transformer(), dtype);
        } catch (CheckpointException notRecognised) {
            return checkpoint.isAdapterAlone() ? ofAdapter(dtype) : declared(checkpoint.config(), dtype);
        }
    }

    /** Nothing that an adapter holds has the dimensions of the model that it is for. */
    private static ModelShape ofAdapter(String dtype) {
        return new ModelShape("adapter", 0, 0, 0, 0, 0, 0, 0, 0, false, false, dtype);
    }

    private static ModelShape of(ModelConfig config, Transformer transformer, String dtype) {
        int experts = transformer.layers().stream()
                .mapToInt(layer -> layer.mlps().size())
                .max()
                .orElse(1);
        return new ModelShape(
                config.modelType(),
                transformer.hiddenSize(),
                transformer.layers().size(),
                transformer.intermediateSize(),
                transformer.attentionHeads(),
                transformer.keyValueHeads(),
                transformer.headSize(),
                transformer.embedding().rows(),
                Math.max(1, experts),
                transformer.gated(),
                transformer.tied(),
                dtype);
    }

    private static ModelShape declared(ModelConfig config, String dtype) throws CheckpointException {
        return new ModelShape(
                config.modelType(),
                config.hiddenSize(),
                config.layers(),
                config.intermediateSize(),
                config.attentionHeads(),
                config.keyValueHeads(),
                config.headSize(),
                config.vocabularySize(),
                config.experts(),
                config.text().path("hidden_act").asText("").contains("silu"),
                config.text().path("tie_word_embeddings").asBoolean(false),
                dtype);
    }

    private static String storedAs(Checkpoint checkpoint) throws IOException {
        Map<String, Long> values = new TreeMap<>();
        for (Tensor weight : checkpoint.weights()) {
            values.merge(weight.storedAs(), weight.elements(), Long::sum);
        }
        Quantisation quantisation = checkpoint.quantisation();
        return quantisation != null
                ? quantisation.scheme()
                : values.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey)
                        .orElse(Dtype.F32.name());
    }
}
