package dev.forebear.cli.reference;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ReferenceFacts;
import dev.forebear.schemas.wire.ReferenceModel;
import dev.forebear.worker.FingerprintRecords;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a reference model by whoever adds it.
 *
 * @param name organisation and name
 * @param version a tag or a revision
 * @param releasedAt counts as its upload: what was uploaded later may come from it
 * @param licence null to take what its model card says
 * @param otherNames what else the same weights are called
 */
record Description(
        String name,
        String version,
        @Nullable String family,
        @Nullable String publisher,
        @Nullable String licence,
        Instant releasedAt,
        List<String> otherNames) {

    static final String ANY_VERSION = "main";

    Description {
        otherNames = List.copyOf(otherNames);
    }

    static Description named(String name, Instant releasedAt) {
        return new Description(name, ANY_VERSION, null, null, null, releasedAt, List.of());
    }

    /** @throws IllegalArgumentException when the name or the version cannot be one of a model */
    ReferenceModel record(LocalFingerprint made, Declarations declarations, Instant now) {
        ModelFingerprint.Builder model = ReferenceRecords.builder()
                .setModelVersionId("")
                .setUploadEventId("")
                .setCorrelationId("")
                .setRegistry(ReferenceRecords.REGISTRY)
                .setName(name)
                .setVersion(version)
                .setLocation(reachable(made.location()))
                .setFingerprint(FingerprintRecords.wire(made.fingerprint()))
                .setDeclaredBases(FingerprintRecords.wire(declarations))
                .setLicence(licence == null ? declarations.licence() : licence)
                .setLane(Lane.BULK)
                .setUploadedAt(releasedAt)
                .setFingerprintedAt(now)
                .setBytesRead(made.totals().bytes())
                .setRequests(Math.clamp(made.totals().requests(), 0, Integer.MAX_VALUE))
                .setElapsedMillis(made.elapsed().toMillis())
                .setReference(new ReferenceFacts(family, publisher, otherNames));
        return new ReferenceModel(ReferenceRecords.inRegistry(model), null, null);
    }

    /** Workers read weights again from a store; a folder of this machine is none of theirs. */
    private static String reachable(String location) {
        return location.matches("(?!file:)[A-Za-z][A-Za-z0-9-]+:/.*") ? location : "";
    }
}
