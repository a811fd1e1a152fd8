package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelUploaded;
import dev.forebear.schemas.wire.NotAnalysed;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model version. Immutable.
 *
 * @param modelVersionId {@code <registry>/<name>@<version>}
 * @param uploads the latest announcements, newest first, at most {@value #MAX_UPLOADS}
 * @param fingerprint null until fingerprinted
 * @param reports the latest reports, newest first, each in its last wording, at most {@value #MAX_REPORTS}
 */
public record ModelHistory(
        String modelVersionId,
        List<ModelUploaded> uploads,
        @Nullable FingerprintFacts fingerprint,
        List<ReportEntry> reports) {

    static final int MAX_UPLOADS = 4;

    /** Reports hold the evidence of every match: they are the bulk of what the service keeps in memory. */
    static final int MAX_REPORTS = 4;

    /** How far an upload has come. */
    public enum Progress {
        RECEIVED,
        FINGERPRINTED,
        ANALYSED,
        NOT_ANALYSED
    }

    static ModelHistory of(String modelVersionId) {
        return new ModelHistory(modelVersionId, List.of(), null, List.of());
    }

    ModelHistory with(ModelUploaded upload) {
        boolean known = uploads.stream().anyMatch(u -> u.getEventId().equals(upload.getEventId()));
        return known
                ? this
                : new ModelHistory(modelVersionId, newestFirst(upload, uploads, MAX_UPLOADS), fingerprint, reports);
    }

    ModelHistory with(@Nullable FingerprintFacts facts) {
        return new ModelHistory(modelVersionId, uploads, facts, reports);
    }

    ModelHistory with(ReportEntry report) {
        String id = report.report().getReportId();
        List<ReportEntry> others = reports.stream()
                .filter(other -> !other.report().getReportId().equals(id))
                .toList();
        return new ModelHistory(modelVersionId, uploads, fingerprint, newestFirst(report, others, MAX_REPORTS));
    }

    /** The latest announcement; null for a model that came without one, such as an imported reference. */
    public @Nullable ModelUploaded upload() {
        return uploads.isEmpty() ? null : uploads.getFirst();
    }

    /** The latest report; null until there is one. */
    public @Nullable LineageReport report() {
        return reports.isEmpty() ? null : reports.getFirst().report();
    }

    /** When it was received, or else fingerprinted or reported on. */
    public Instant receivedAt() {
        if (!uploads.isEmpty()) {
            return uploads.getFirst().getReceivedAt();
        }
        if (fingerprint != null) {
            return fingerprint.fingerprintedAt();
        }
        return reports.isEmpty() ? Instant.EPOCH : reports.getLast().report().getReportedAt();
    }

    /** How far the latest upload has come. */
    public Progress progress() {
        if (notAnalysed() != null) {
            return Progress.NOT_ANALYSED;
        }
        if (isReported()) {
            return Progress.ANALYSED;
        }
        return isFingerprinted() ? Progress.FINGERPRINTED : Progress.RECEIVED;
    }

    /** Why the latest upload was not analysed; null when it was, or when that is not known yet. */
    public @Nullable NotAnalysed notAnalysed() {
        if (fingerprint != null && isFingerprinted()) {
            return fingerprint.notAnalysed();
        }
        LineageReport report = report();
        return report != null && isReported() ? report.getNotAnalysed() : null;
    }

    private boolean isFingerprinted() {
        return fingerprint != null && !isOlderThanUpload(fingerprint.uploadedAt(), fingerprint.uploadEventId());
    }

    private boolean isReported() {
        LineageReport report = report();
        if (report == null) {
            return false;
        }
        // Both times are copied from the announcement: no clocks of two machines are compared.
        Instant newest = fingerprint != null ? fingerprint.uploadedAt() : report.getUploadedAt();
        return (fingerprint == null || isFingerprinted())
                && !report.getUploadedAt().isBefore(newest)
                && !isOlderThanUpload(report.getUploadedAt(), "");
    }

    private boolean isOlderThanUpload(Instant uploadedAt, String eventId) {
        ModelUploaded latest = upload();
        return latest != null && !latest.getEventId().equals(eventId) && uploadedAt.isBefore(latest.getUploadedAt());
    }

    private static <T> List<T> newestFirst(T newest, List<T> others, int max) {
        return Stream.concat(Stream.of(newest), others.stream()).limit(max).toList();
    }
}
