package dev.forebear.signals.relation;

/**
 * A model that another was made from directly.
 *
 * @param index its number among the earlier relatives
 * @param weight its share in a linear or spherical merge, where all shares add up to 1; NaN otherwise
 */
public record Parent(int index, double weight) {}
