package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;

/** A model of a shard that passed the screen, or is nominated, with its full comparison. */
record Relative(Screened screened, Compared compared) {

    IndexedModel other() {
        return screened.other();
    }

    String modelVersionId() {
        return screened.modelVersionId();
    }
}
