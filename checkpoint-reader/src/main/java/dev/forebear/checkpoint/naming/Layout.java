package dev.forebear.checkpoint.naming;

import dev.forebear.checkpoint.ModelConfig;
import dev.forebear.checkpoint.Transformer.Normalisation;
import java.util.List;
import java.util.function.Predicate;

/**
 * The naming table of one architecture. Names are relative to wherever the backbone lies, so that the same table reads
 * a language model, its bare backbone and a composite around it.
 *
 * @param name name of the layout
 * @param normalisation kind and place of the norms
 * @param orientation how the projections are stored
 * @param applies what names alone do not tell
 * @param markers tensors that must be there; %d stands for some block
 * @param embedding token embedding
 * @param finalNorms norm before the output head, the first that is present
 * @param outputHeads output head, relative to the model and not to the backbone, the first that is present
 * @param stacks the blocks; those of the encoder, then those of the decoder in an encoder-decoder
 */
record Layout(
        String name,
        Normalisation normalisation,
        Orientation orientation,
        Predicate<ModelConfig> applies,
        List<String> markers,
        String embedding,
        List<String> finalNorms,
        List<String> outputHeads,
        List<Stack> stacks) {

    /** How a projection is stored. */
    enum Orientation {
        OUT_BY_IN,
        IN_BY_OUT
    }

    Layout {
        markers = List.copyOf(markers);
        finalNorms = List.copyOf(finalNorms);
        outputHeads = List.copyOf(outputHeads);
        stacks = List.copyOf(stacks);
    }

    /** The same names under another name, where the norms differ and the configuration says so. */
    Layout variant(String name, Normalisation normalisation, Predicate<ModelConfig> applies) {
        return new Layout(
                name, normalisation, orientation, applies, markers, embedding, finalNorms, outputHeads, stacks);
    }
}
