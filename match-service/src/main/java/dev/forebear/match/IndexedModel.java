package dev.forebear.match;

import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.signals.PreparedFingerprint;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model of the shard.
 *
 * @param model the record as published, where many are held without its fingerprint
 * @param prepared its fingerprint, ready to be compared; null when the model was not analysed
 * @param kinship what it is called, and what it declares
 */
record IndexedModel(ModelFingerprint model, @Nullable PreparedFingerprint prepared, Kinship kinship) {

    static IndexedModel of(ModelFingerprint model) {
        var fingerprint = model.getFingerprint();
        return new IndexedModel(
                model,
                fingerprint == null ? null : PreparedFingerprint.of(FingerprintReader.toDomain(fingerprint)),
                Kinship.of(model));
    }

    boolean mayDescendFrom(IndexedModel other) {
        return kinship.mayDescendFrom(other.kinship);
    }

    /** @param fromRegistry what else its registry called it; the names that it came with stay */
    IndexedModel named(List<String> fromRegistry) {
        var otherNames = Stream.concat(Kinship.of(model).otherNames().stream(), fromRegistry.stream())
                .distinct()
                .toList();
        return otherNames.equals(kinship.otherNames())
                ? this
                : new IndexedModel(model, prepared, kinship.named(otherNames));
    }

    /**
     * Whether it has the fingerprint of a record, which may leave it out: of the same weights, by one algorithm, made
     * once for one upload.
     */
    boolean hasFingerprintOf(ModelFingerprint other) {
        if (prepared == null
                || !model.getUploadEventId().equals(other.getUploadEventId())
                || !model.getFingerprintedAt().equals(other.getFingerprintedAt())) {
            return false;
        }
        var fingerprint = other.getFingerprint();
        return fingerprint == null
                ? Objects.equals(model.getNotAnalysed(), other.getNotAnalysed())
                : prepared.algorithmVersion() == fingerprint.getAlgorithmVersion()
                        && prepared.isOf(FingerprintReader.weightsDigest(fingerprint));
    }

    /** The model of a record that has this very fingerprint, which need not be prepared again. */
    IndexedModel republished(ModelFingerprint as) {
        return new IndexedModel(as, prepared, Kinship.of(as));
    }

    /** Without the fingerprint as published, which takes as much memory as the one that is ready to be compared. */
    IndexedModel withoutPublished() {
        return new IndexedModel(
                ModelFingerprint.newBuilder(model).setFingerprint(null).build(), prepared, kinship);
    }
}
