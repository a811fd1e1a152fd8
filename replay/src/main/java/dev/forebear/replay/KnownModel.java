package dev.forebear.replay;

import dev.forebear.schemas.wire.ModelFingerprint;

/**
 * The last word on the weights of a model version before the positions.
 *
 * @param partition of {@code model-fingerprints}
 * @param offset there
 */
record KnownModel(int partition, long offset, ModelFingerprint model) {}
