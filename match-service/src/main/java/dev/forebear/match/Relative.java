package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;

/**
 * A model that passed the screen, or is nominated, with its full comparison.
 *
 * @param <M> the model as a shard holds it, or as it is told to the judge
 */
record Relative<M>(Screened<M> screened, Compared compared) {

    M other() {
        return screened.other();
    }

    String modelVersionId() {
        return screened.modelVersionId();
    }
}
