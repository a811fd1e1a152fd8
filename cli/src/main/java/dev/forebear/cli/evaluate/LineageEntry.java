package dev.forebear.cli.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is truly known of one model.
 *
 * @param id name of the model
 * @param folder where it lies below the zoo, as written
 * @param relation how it was made, in the words of whoever made it
 * @param kind what a verdict should name for it and its parent; null when nothing is expected
 * @param parents models that its weights came from directly; they need not be in the zoo
 * @param softParents models that it shares an initial seed with or was distilled from
 * @param parentWeights share of each parent in a merge, in the order of the parents; empty when not known
 */
record LineageEntry(
        String id,
        String folder,
        String relation,
        @Nullable String kind,
        List<String> parents,
        List<String> softParents,
        List<Double> parentWeights) {

    LineageEntry {
        parents = List.copyOf(parents);
        softParents = List.copyOf(softParents);
        parentWeights = List.copyOf(parentWeights);
    }

    /** Where its kind refers to: the parents, or without any the soft ones. */
    List<String> origins() {
        return parents.isEmpty() ? softParents : parents;
    }
}
