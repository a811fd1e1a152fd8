package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.DeclaredBase;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelShape;
import dev.forebear.schemas.wire.NotAnalysed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a fingerprint; its features, tens of kilobytes, are left behind.
 *
 * @param notAnalysed why there is no fingerprint; null when there is one
 * @param parameters number of parameters; 0 when not analysed
 * @param shape null when not analysed
 */
public record FingerprintFacts(
        String uploadEventId,
        String location,
        @Nullable NotAnalysed notAnalysed,
        long parameters,
        @Nullable ModelShape shape,
        List<DeclaredBase> declaredBases,
        @Nullable String licence,
        Instant uploadedAt,
        Instant fingerprintedAt,
        Duration elapsed,
        long bytesRead,
        int requests) {

    static FingerprintFacts of(ModelFingerprint record) {
        Fingerprint fingerprint = record.getFingerprint();
        return new FingerprintFacts(
                record.getUploadEventId(),
                record.getLocation(),
                record.getNotAnalysed(),
                fingerprint == null ? 0 : fingerprint.getParameters(),
                fingerprint == null ? null : fingerprint.getShape(),
                record.getDeclaredBases(),
                record.getLicence(),
                record.getUploadedAt(),
                record.getFingerprintedAt(),
                Duration.ofMillis(record.getElapsedMillis()),
                record.getBytesRead(),
                record.getRequests());
    }
}
