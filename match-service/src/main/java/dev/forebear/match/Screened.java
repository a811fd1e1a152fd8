package dev.forebear.match;

import java.time.Instant;

/**
 * A model that passed the screen, or is nominated.
 *
 * @param <M> the model as a shard holds it, or as it is told to the judge
 * @param kinship what it is called, and what it declares
 * @param log10Screen what the screen says of it
 * @param likely whether it passed the screen
 */
record Screened<M>(M other, Kinship kinship, double log10Screen, boolean likely) {

    static Screened<IndexedModel> of(IndexedModel other, double log10Screen, boolean likely) {
        return new Screened<>(other, other.kinship(), log10Screen, likely);
    }

    String modelVersionId() {
        return kinship.modelVersionId();
    }

    Instant uploadedAt() {
        return kinship.uploadedAt();
    }
}
