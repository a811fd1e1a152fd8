package dev.forebear.match;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.PreparedFingerprint;
import org.jspecify.annotations.Nullable;

/**
 * A model of the shard.
 *
 * @param model the record as published
 * @param prepared its fingerprint, ready to be compared; null when the model was not analysed
 */
record IndexedModel(ModelFingerprint model, @Nullable PreparedFingerprint prepared) {

    static IndexedModel of(ModelFingerprint model) {
        var fingerprint = model.getFingerprint();
        return new IndexedModel(
                model, fingerprint == null ? null : PreparedFingerprint.of(FingerprintReader.toDomain(fingerprint)));
    }

    Kinship kinship() {
        return new Kinship(
                model.getModelVersionId(),
                model.getRegistry(),
                model.getName(),
                model.getUploadedAt(),
                model.getDeclaredBases());
    }
}
