package dev.forebear.signals.relation;

import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.weights.ModelWeights;

/**
 * A model that was uploaded before a derived one and has weights in common with it.
 *
 * @param weights its weights
 * @param compared the comparison of this model, first, with the derived one, second
 */
public record Relative(ModelWeights weights, CheckpointComparison compared) {}
