package dev.forebear.signals.relation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one tensor.
 *
 * @param layer layer of the derived model, from 0; -1 outside of the blocks
 * @param baseLayer layer of the base that it is held against; -1 outside of the blocks
 * @param component "query", "key", "value", "output", "gate", "up", "down", "embedding" or "output-head"; an expert as
 *     "up of expert 2"
 * @param similarity cosine of the values, -1 to 1
 * @param relativeChange norm of the change over that of the base; NaN when that is zero
 * @param shareEqual share of values that are exactly equal, 0 to 1
 * @param fate what became of it
 */
public record ComponentChange(
        int layer,
        int baseLayer,
        String component,
        double similarity,
        double relativeChange,
        double shareEqual,
        Fate fate) {

    /** What became of a tensor. */
    public enum Fate {
        /** Every value is the same. */
        FROZEN,
        /** It came from the base and changed. */
        INHERITED,
        /** Nothing of the base is left. */
        REPLACED
    }

    // Cosines of independent tensors deviate by 1 over the root of their values, a little more where rows are alike.
    private static final double DEVIATIONS = 8;

    static List<ComponentChange> of(RelatedPair pair) throws IOException {
        List<ComponentChange> components = new ArrayList<>();
        MappedTensors tensors = pair.tensors();
        for (MappedTensor tensor : tensors.body()) {
            components.add(of(pair, tensor));
        }
        for (MappedTensor tensor : tensors.inferred()) {
            components.add(of(pair, tensor));
        }
        if (tensors.embedding().isPresent()) {
            components.add(of(pair, tensors.embedding().get()));
        }
        if (tensors.outputHead().isPresent()) {
            components.add(of(pair, tensors.outputHead().get()));
        }
        return components;
    }

    private static ComponentChange of(RelatedPair pair, MappedTensor tensor) throws IOException {
        TensorChange found = pair.changes().get(tensor);
        TensorChange change = found == null ? TensorChange.of(tensor) : found;
        boolean inherited = Math.abs(change.similarity()) * Math.sqrt(change.values()) >= DEVIATIONS;
        return new ComponentChange(
                tensor.derivedLayer(),
                tensor.baseLayer(),
                tensor.component() + expert(pair, tensor),
                change.similarity(),
                change.relativeChange(),
                change.shareEqual(),
                change.unchanged() ? Fate.FROZEN : inherited ? Fate.INHERITED : Fate.REPLACED);
    }

    private static String expert(RelatedPair pair, MappedTensor tensor) {
        if (tensor.projection() == null || !tensor.projection().isOfMlp() || RelatedPair.experts(pair.derived()) == 1) {
            return "";
        }
        return " of expert " + pair.derived().units().get(tensor.derivedUnit()).expert();
    }
}
