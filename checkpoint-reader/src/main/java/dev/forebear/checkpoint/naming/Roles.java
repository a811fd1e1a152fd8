package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.CheckpointException;
import dev.forebear.checkpoint.CheckpointException.Reason;
import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Tensor;
import dev.forebear.checkpoint.Transformer;
import dev.forebear.checkpoint.Transformer.Layer;
import dev.forebear.checkpoint.Transformer.Normalisation;
import dev.forebear.checkpoint.WeightMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assigns roles to the tensors of a checkpoint by the first naming table that fits. */
public final class Roles {

    private static final int MLLAMA_ROWS = 8;

    private final String location;
    private final ModelConfig config;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Roles(String location, ModelConfig config, List<Tensor> tensors) {
        this.location = location;
        this.config = config;
        tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
        FusedExperts.addTo(this.tensors);
    }

    /**
     * @param location of the checkpoint, for messages
     * @throws CheckpointException UNSUPPORTED when no table fits or the weights are of a packed layout that is not
     *     read, MALFORMED when a tensor is missing or its shape is not what the configuration says
     * @throws IOException if the storage could not be reached
     */
    public static Transformer assign(String location, ModelConfig config, List<Tensor> tensors) throws IOException {
        return new Roles(location, config, tensors).assign();
    }

    // The weights decide: a quantisation that is only declared does not keep plain weights from being read.
    private Transformer assign() throws IOException {
        for (Layout layout : Layouts.ALL) {
            Backbone backbone = layout.applies().test(config) ? backbone(layout) : null;
            if (backbone != null) {
                return transformer(layout, backbone);
            }
        }
        String quantisation = config.quantisation();
        throw new CheckpointException(
                Reason.UNSUPPORTED,
                location,
                quantisation != null
                        ? "expected plain floating-point weights, found " + quantisation + "-quantised ones"
                        : "expected tensor names of a known architecture, found those of model type "
                                + config.modelType());
    }

    private @Nullable Backbone backbone(Layout layout) throws CheckpointException {
        List<String> prefixes = tensors.keySet().stream()
                .filter(name -> name.equals(layout.embedding()) || name.endsWith("." + layout.embedding()))
                .map(name ->
                        name.substring(0, name.length() - layout.embedding().length()))
                .sorted(Comparator.comparing(String::length))
                .toList();
        for (String prefix : prefixes) {
            var backbone = new Backbone(tensors, prefix);
            boolean fits = true;
            for (String marker : layout.markers()) {
                fits &= hasMarker(backbone, marker);
            }
            if (fits) {
                return backbone;
            }
        }
        return null;
    }

    private boolean hasMarker(Backbone backbone, String marker) throws CheckpointException {
        for (int block = 0; block < config.layers(); block++) {
            if (backbone.find(marker.formatted(block)) != null) {
                return true;
            }
        }
        return false;
    }

    private Transformer transformer(Layout layout, Backbone backbone) throws IOException {
        Dimensions sizes = Dimensions.of(config);
        float gainOffset = layout.normalisation() == Normalisation.RMS_UNIT_OFFSET ? 1 : 0;
        var matrices = new Matrices(location, backbone, layout.orientation(), gainOffset);
        WeightMatrix embedding = embedding(layout, backbone, sizes);
        OutputHead head = OutputHead.of(location, config, layout, backbone, embedding);
        return new Transformer(
                layout.name(),
                layout.normalisation(),
                sizes.hidden(),
                sizes.experts() > 1 ? sizes.expert() : sizes.intermediate(),
                sizes.heads(),
                sizes.keyValueHeads(),
                sizes.head(),
                embedding,
                head.matrix(),
                head.tied(),
                matrices.gain("", layout.finalNorms(), sizes.hidden()),
                layers(layout, new Blocks(location, matrices, sizes), backbone));
    }

    private List<Layer> layers(Layout layout, Blocks blocks, Backbone backbone) throws CheckpointException {
        var layers = new ArrayList<Layer>();
        for (Stack stack : layout.stacks()) {
            boolean encoder = layers.isEmpty();
            if (!encoder && !backbone.hasAny(stack.blocks().formatted(0))) {
                break; // An encoder without its decoder.
            }
            int count = encoder ? config.layers() : config.decoderLayers();
            for (int number = 0; number < count; number++) {
                layers.add(blocks.layer(stack, layers.size(), number));
            }
        }
        return layers;
    }

    private WeightMatrix embedding(Layout layout, Backbone backbone, Dimensions sizes) throws CheckpointException {
        Tensor tensor = Objects.requireNonNull(backbone.find(layout.embedding()));
        // Mllama has rows for its image token behind those of the vocabulary.
        int more = config.modelType().equals("mllama_text_model") ? MLLAMA_ROWS : 0;
        Integer narrow = config.embeddingSize();
        return Matrices.table(
                location, tensor, config.vocabularySize() + more, narrow != null ? narrow : sizes.hidden());
    }
}
