package dev.forebear.alerts.readmodel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the topics say of one model version.
 *
 * @param upload the latest announcement; null for a model that came without one, such as an imported reference
 * @param fingerprint null until fingerprinted
 * @param report the last word on it; null until there is one
 * @param firstReportedAt null when there is no report
 */
record VersionFacts(
        @Nullable Upload upload,
        @Nullable Fingerprint fingerprint,
        @Nullable Report report,
        @Nullable Instant firstReportedAt) {

    /** How far an upload has come. */
    enum Progress {
        RECEIVED,
        FINGERPRINTED,
        ANALYSED,
        NOT_ANALYSED
    }

    record Upload(
            String eventId,
            String sender,
            String location,
            @Nullable String stableId,
            @Nullable String visibility,
            @Nullable String uploadedBy,
            Instant uploadedAt,
            Instant receivedAt,
            String correlationId) {

        static Upload of(ResultSet row) throws SQLException {
            return new Upload(
                    row.getString("event_id"),
                    row.getString("sender"),
                    row.getString("location"),
                    row.getString("stable_id"),
                    row.getString("visibility"),
                    row.getString("uploaded_by"),
                    Instant.ofEpochMilli(row.getLong("uploaded_at")),
                    Instant.ofEpochMilli(row.getLong("received_at")),
                    row.getString("correlation_id"));
        }
    }

    record Fingerprint(
            Place place,
            String uploadEventId,
            String location,
            @Nullable Problem problem,
            @Nullable String licence,
            @Nullable String family,
            @Nullable String publisher,
            @Nullable Long parameters,
            Instant uploadedAt,
            Instant fingerprintedAt,
            String correlationId) {

        static Fingerprint of(ResultSet row) throws SQLException {
            return new Fingerprint(
                    new Place(row.getInt("partition"), row.getLong("offset")),
                    row.getString("upload_event_id"),
                    row.getString("location"),
                    Problem.of(row),
                    row.getString("licence"),
                    row.getString("family"),
                    row.getString("publisher"),
                    Statements.number(row, "parameters"),
                    Instant.ofEpochMilli(row.getLong("uploaded_at")),
                    Instant.ofEpochMilli(row.getLong("fingerprinted_at")),
                    row.getString("correlation_id"));
        }
    }

    record Report(
            String reportId,
            @Nullable Problem problem,
            @Nullable String licence,
            long comparedModels,
            int matches,
            int proven,
            @Nullable String nearestId,
            boolean undeclared,
            Instant uploadedAt,
            Instant reportedAt,
            String correlationId) {

        static Report of(ResultSet row) throws SQLException {
            return new Report(
                    row.getString("report_id"),
                    Problem.of(row),
                    row.getString("licence"),
                    row.getLong("compared_models"),
                    row.getInt("matches"),
                    row.getInt("proven"),
                    row.getString("nearest_id"),
                    row.getBoolean("undeclared"),
                    Instant.ofEpochMilli(row.getLong("uploaded_at")),
                    Instant.ofEpochMilli(row.getLong("reported_at")),
                    row.getString("correlation_id"));
        }
    }

    /** Why something was not analysed. */
    record Problem(String reason, @Nullable String message) {

        static @Nullable Problem of(ResultSet row) throws SQLException {
            String reason = row.getString("not_analysed_reason");
            return reason == null ? null : new Problem(reason, row.getString("not_analysed_message"));
        }
    }

    static VersionFacts of(Statements sql, String id) {
        Upload upload = sql.row(
                Upload::of,
                "SELECT * FROM upload WHERE model_version_id = ? ORDER BY \"offset\" DESC, partition DESC LIMIT 1",
                id);
        Fingerprint fingerprint = sql.row(Fingerprint::of, "SELECT * FROM fingerprint WHERE model_version_id = ?", id);
        Report report = sql.row(Report::of, "SELECT * FROM report WHERE model_version_id = ? AND latest = 1", id);
        Instant first = report == null
                ? null
                : sql.row(
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        "SELECT min(reported_at) FROM report WHERE model_version_id = ?",
                        id);
        return new VersionFacts(upload, fingerprint, report, first);
    }

    boolean isNothing() {
        return upload == null && fingerprint == null && report == null;
    }

    /** When it was announced, or else fingerprinted or first reported on. */
    Instant receivedAt() {
        if (upload != null) {
            return upload.receivedAt();
        }
        if (fingerprint != null) {
            return fingerprint.fingerprintedAt();
        }
        return firstReportedAt == null ? Instant.EPOCH : firstReportedAt;
    }

    @Nullable
    Instant uploadedAt() {
        if (upload != null) {
            return upload.uploadedAt();
        }
        if (fingerprint != null) {
            return fingerprint.uploadedAt();
        }
        return report == null ? null : report.uploadedAt();
    }

    @Nullable
    String location() {
        if (upload != null) {
            return upload.location();
        }
        return fingerprint == null ? null : fingerprint.location();
    }

    @Nullable
    String licence() {
        if (fingerprint != null) {
            return fingerprint.licence();
        }
        return report == null ? null : report.licence();
    }

    @Nullable
    String correlationId() {
        if (upload != null) {
            return upload.correlationId();
        }
        if (fingerprint != null) {
            return fingerprint.correlationId();
        }
        return report == null ? null : report.correlationId();
    }

    /** How far the latest upload has come. */
    Progress progress() {
        if (problem() != null) {
            return Progress.NOT_ANALYSED;
        }
        if (isReported()) {
            return Progress.ANALYSED;
        }
        return isFingerprinted() ? Progress.FINGERPRINTED : Progress.RECEIVED;
    }

    /** Why the latest upload was not analysed; null when it was, or when that is not known yet. */
    @Nullable
    Problem problem() {
        if (fingerprint != null && isFingerprinted()) {
            return fingerprint.problem();
        }
        return report != null && isReported() ? report.problem() : null;
    }

    private boolean isFingerprinted() {
        return fingerprint != null && !isOlderThanUpload(fingerprint.uploadedAt(), fingerprint.uploadEventId());
    }

    private boolean isReported() {
        if (report == null) {
            return false;
        }
        // Both times are copied from the announcement: no clocks of two machines are compared.
        Instant newest = fingerprint != null ? fingerprint.uploadedAt() : report.uploadedAt();
        return (fingerprint == null || isFingerprinted())
                && !report.uploadedAt().isBefore(newest)
                && !isOlderThanUpload(report.uploadedAt(), "");
    }

    private boolean isOlderThanUpload(Instant uploadedAt, String eventId) {
        return upload != null && !upload.eventId().equals(eventId) && uploadedAt.isBefore(upload.uploadedAt());
    }
}
