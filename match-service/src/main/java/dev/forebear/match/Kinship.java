package dev.forebear.match;

import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageReport;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

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

    /** Whether a declared name means the other model; a declaration without an organisation means any of that name. */
    boolean declares(Kinship other) {
        return declares.stream().anyMatch(base -> means(base.getName(), other));
    }

    private static boolean means(String declared, Kinship other) {
        var wanted = declared.toLowerCase(Locale.ROOT);
        var name = other.name().toLowerCase(Locale.ROOT);
        var registry = other.registry().toLowerCase(Locale.ROOT);
        var sameLastSegment = lastSegment(wanted).equals(lastSegment(name));
        return wanted.equals(name)
                || wanted.equals(registry + "/" + name)
                || wanted.equals(other.modelVersionId().toLowerCase(Locale.ROOT))
                || sameLastSegment && (wanted.indexOf('/') < 0 || name.indexOf('/') < 0);
    }

    private static String lastSegment(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private boolean isBefore(Kinship other) {
        var order = uploadedAt.compareTo(other.uploadedAt);
        return order != 0 ? order < 0 : modelVersionId.compareTo(other.modelVersionId) < 0;
    }
}
