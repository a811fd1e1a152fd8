package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;
import java.time.Instant;

/**
 * A model of a shard that passed the screen, or is nominated, with its full comparison.
 *
 * @param likely whether it passed the screen
 */
record Relative(IndexedModel other, Compared compared, boolean likely) {

    String modelVersionId() {
        return other.model().getModelVersionId();
    }

    Instant uploadedAt() {
        return other.model().getUploadedAt();
    }
}
