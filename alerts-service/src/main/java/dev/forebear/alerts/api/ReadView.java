package dev.forebear.alerts.api;

import dev.forebear.schemas.wire.ReadInProgress;
import org.jspecify.annotations.Nullable;

/** A model whose weights are read now. */
record ReadView(
        String modelVersionId,
        String purpose,
        long bytesRead,
        @Nullable Long bytesPlanned,
        int relativesCompared,
        int relatives,
        String startedAt) {

    static ReadView of(ReadInProgress read) {
        return new ReadView(
                read.getModelVersionId(),
                Json.word(read.getPurpose()),
                read.getBytesRead(),
                read.getBytesPlanned(),
                read.getRelativesCompared(),
                read.getRelatives(),
                read.getStartedAt().toString());
    }
}
