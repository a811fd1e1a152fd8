package dev.forebear.checkpoint.gguf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.declaration.Declared;
import dev.forebear.checkpoint.tokenizer.ListedVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model as GGUF holds it: weights, configuration, vocabulary and origin in one. */
public final class GgufModel {

    private final String file;
    private final Metadata metadata;
    private final List<Tensor> tensors;
    private final @Nullable GgufArchitecture architecture;

    GgufModel(String file, Metadata metadata, List<Tensor> tensors) {
        this.file = file;
        this.metadata = metadata;
        this.tensors = List.copyOf(tensors);
        this.architecture = GgufArchitecture.find(metadata);
    }

    /** Tensors as they are stored, sorted by name. */
    public List<Tensor> tensors() {
        return tensors;
    }

    /**
     * The weights under the names, and in the order of rows, that they had before they were converted, sorted by name.
     * Those of an architecture that is not known are as they are stored.
     *
     * @throws CheckpointException MALFORMED when a tensor is not what its name promises
     */
    public List<Tensor> weights() throws CheckpointException {
        if (architecture == null) {
            return tensors;
        }
        var weights = new ArrayList<Tensor>();
        var views = new GgufWeights(file, metadata, architecture);
        for (Tensor tensor : tensors) {
            weights.addAll(views.of(tensor));
        }
        weights.sort(Comparator.comparing(Tensor::name));
        return List.copyOf(weights);
    }

    /** What config.json would say of this model. */
    public ObjectNode config() {
        return GgufConfig.of(metadata, architecture, tensors);
    }

    /** Null when the file holds none. */
    public @Nullable ListedVocabulary vocabulary() {
        List<String> tokens = metadata.texts("tokenizer.ggml.tokens");
        if (tokens.isEmpty()) {
            return null;
        }
        return new ListedVocabulary(
                file,
                metadata.values().get("tokenizer.ggml.model") instanceof Metadata.Value.Text model ? model.text() : "",
                tokens,
                Arrays.stream(metadata.numbers("tokenizer.ggml.token_type"))
                        .mapToInt(type -> (int) type)
                        .toArray(),
                metadata.numbers("tokenizer.ggml.scores"),
                metadata.texts("tokenizer.ggml.merges"),
                metadata.integer("tokenizer.ggml.bos_token_id"),
                metadata.integer("tokenizer.ggml.eos_token_id"),
                metadata.integer("tokenizer.ggml.padding_token_id"),
                metadata.integer("tokenizer.ggml.unknown_token_id"));
    }

    /** Notes what the file declares about its origin. */
    public void declare(Declared declared) {
        GgufOrigin.declare(file, metadata, declared);
    }
}
