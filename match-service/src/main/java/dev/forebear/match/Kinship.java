package dev.forebear.match;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.time.Instant;
import java.util.List;

/**
 * Which of two related models may be the base of the other: the one that the other declares, else the one uploaded
 * first. Weights alone do not tell it.
 *
 * @param otherNames what else its registry called it, before or after it was renamed, or a reference model is called
 */
record Kinship(
        String modelVersionId,
        String registry,
        String name,
        List<String> otherNames,
        Instant uploadedAt,
        List<Named> names) {

    /** A model that it names as its base; a hint was left behind by a tool and states nothing. */
    private record Named(ModelReference reference, boolean hint) {}

    static Kinship of(
            String modelVersionId,
            String registry,
            String name,
            List<String> otherNames,
            Instant uploadedAt,
            List<DeclaredBase> declares) {
        List<Named> names = declares.stream()
                .map(base ->
                        new Named(ModelReference.of(base.getName()), base.getStrength() == DeclarationStrength.HINT))
                .toList();
        return new Kinship(modelVersionId, registry, name, otherNames, uploadedAt, names);
    }

    static Kinship of(ModelFingerprint model) {
        return of(
                model.getModelVersionId(),
                model.getRegistry(),
                model.getName(),
                model.getReference() == null ? List.of() : model.getReference().getOtherNames(),
                model.getUploadedAt(),
                model.getDeclaredBases());
    }

    static Kinship of(LineageCandidates asked) {
        return of(
                asked.getModelVersionId(),
                asked.getRegistry(),
                asked.getName(),
                asked.getOtherNames(),
                asked.getUploadedAt(),
                asked.getDeclaredBases());
    }

    static Kinship of(LineageCandidate candidate) {
        return of(
                candidate.getModelVersionId(),
                candidate.getRegistry(),
                candidate.getName(),
                candidate.getOtherNames(),
                candidate.getUploadedAt(),
                candidate.getDeclaredBases());
    }

    static Kinship of(LineageReport report) {
        return of(
                report.getModelVersionId(),
                report.getRegistry(),
                report.getName(),
                List.of(),
                report.getUploadedAt(),
                report.getDeclaredBases());
    }

    Kinship named(List<String> others) {
        return new Kinship(modelVersionId, registry, name, others, uploadedAt, names);
    }

    boolean mayDescendFrom(Kinship other) {
        if (declares(other)) {
            return true;
        }
        return !other.declares(this) && other.isBefore(this);
    }

    /** Whether it states the other model as a base. */
    boolean declares(Kinship other) {
        return names.stream().anyMatch(base -> !base.hint() && means(base.reference(), other));
    }

    /** Whether nobody is surprised by the other model as its base: it states it, or is the same under a newer name. */
    boolean discloses(Kinship other) {
        return declares(other)
                || other.registry().equals(registry) && other.otherNames().contains(name);
    }

    /** Whether it states the other model, or a tool left that name behind. */
    boolean mentions(Kinship other) {
        return names.stream().anyMatch(base -> means(base.reference(), other));
    }

    private static boolean means(ModelReference reference, Kinship model) {
        return reference.means(model.registry(), model.name())
                || model.otherNames().stream().anyMatch(name -> reference.means(model.registry(), name));
    }

    private boolean isBefore(Kinship other) {
        var order = uploadedAt.compareTo(other.uploadedAt);
        return order != 0 ? order < 0 : modelVersionId.compareTo(other.modelVersionId) < 0;
    }
}
