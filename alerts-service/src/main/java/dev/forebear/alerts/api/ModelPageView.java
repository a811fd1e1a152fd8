package dev.forebear.alerts.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model version's page, but for the evidence and the graph. */
record ModelPageView(
        ModelVersionView version,
        FingerprintView fingerprint,
        @Nullable SignatureView signature,
        List<DeclarationView> declared,
        List<FoundView> found,
        long descendants,
        List<ModelVersionView> versions,
        long versionsTotal,
        List<WordingView> reports,
        List<AnnouncementView> announcements,
        List<ChangeView> changes,
        List<AlertView> alerts,
        List<DeliveryView> deliveries) {

    /** What reading the weights told and cost; all null where the fingerprint's record cannot be read. */
    record FingerprintView(
            @Nullable ShapeView shape,
            @Nullable Long millis,
            @Nullable Long bytesRead,
            @Nullable Integer requests) {

        static final FingerprintView NONE = new FingerprintView(null, null, null, null);
    }

    /** What came of checking its signature. */
    record SignatureView(String file, String state, String message, int listed, int compared) {}

    /** A base that somebody declared, held against what was found. */
    record DeclarationView(
            String name,
            @Nullable String relation,
            String source,
            String strength,
            @Nullable String modelVersionId,
            @Nullable String verdict,
            boolean proven) {}

    /** A match of the latest report. */
    record FoundView(
            String modelId,
            MatchSummary base,
            boolean proven,
            @Nullable Double effectSize,
            String summary,
            String uploadedAt) {}

    /** A report as it was worded once. */
    record WordingView(
            String reportId,
            String purpose,
            String confirmation,
            String reportedAt,
            int matches,
            int proven,
            @Nullable String notAnalysedReason,
            boolean latest) {}

    /** An announcement. */
    record AnnouncementView(
            String eventId, String sender, @Nullable String uploadedBy, String uploadedAt, String receivedAt) {}

    /** What a registry told since the upload. */
    record ChangeView(
            String change,
            @Nullable String version,
            @Nullable String formerName,
            @Nullable String visibility,
            String receivedAt) {}
}
