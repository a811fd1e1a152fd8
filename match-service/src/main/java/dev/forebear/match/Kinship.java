package dev.forebear.match;

import dev.forebear.schemas.ModelReference;
import dev.forebear.schemas.wire.DeclarationStrength;
import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import java.util.List;

/**
 * Which of two related models may be the base of the other: the one that the other declares, else the one uploaded
 * first. Weights alone do not tell it.
 */
record Kinship(String modelVersionId, String registry, String name, Instant uploadedAt, List<DeclaredBase> declares) {

    static Kinship of(LineageCandidates asked) {
        return new Kinship(
                asked.getModelVersionId(),
                asked.getRegistry(),
                asked.getName(),
                asked.getUploadedAt(),
                asked.getDeclaredBases());
    }

    static Kinship of(LineageCandidate candidate) {
        return new Kinship(
                candidate.getModelVersionId(),
                candidate.getRegistry(),
                candidate.getName(),
                candidate.getUploadedAt(),
                candidate.getDeclaredBases());
    }

    static Kinship of(LineageReport report) {
        return new Kinship(
                report.getModelVersionId(),
                report.getRegistry(),
                report.getName(),
                report.getUploadedAt(),
                report.getDeclaredBases());
    }

    boolean mayDescendFrom(Kinship other) {
        if (declares(other)) {
            return true;
        }
        return !other.declares(this) && other.isBefore(this);
    }

    /** Whether it states the other model as a base. What a tool left behind states nothing. */
    boolean declares(Kinship other) {
        return names(other, false);
    }

    /** Whether it states the other model, or a tool left that name behind. */
    boolean mentions(Kinship other) {
        return names(other, true);
    }

    private boolean names(Kinship other, boolean hints) {
        return declares.stream()
                .filter(base -> hints || base.getStrength() != DeclarationStrength.HINT)
                .anyMatch(base -> ModelReference.of(base.getName()).means(other.registry(), other.name()));
    }

    private boolean isBefore(Kinship other) {
        var order = uploadedAt.compareTo(other.uploadedAt);
        return order != 0 ? order < 0 : modelVersionId.compareTo(other.modelVersionId) < 0;
    }
}
