package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.ModelUploaded;

/** Announcements; one that came twice stays once. */
final class UploadTable implements TopicTables<ModelUploaded> {

    private final Statements sql;
    private final ModelVersions versions;
    private final ErasedModels erased;

    UploadTable(Statements sql, ModelVersions versions, ErasedModels erased) {
        this.sql = sql;
        this.versions = versions;
        this.erased = erased;
    }

    @Override
    public void put(Place place, ModelUploaded upload) {
        ModelVersionId version = ModelVersionId.parse(upload.getModelVersionId());
        if (erased.cover(version, upload.getUploadedAt())) {
            return;
        }
        String id = version.toString();
        Integer known = sql.row(
                row -> row.getInt(1),
                "SELECT 1 FROM upload WHERE model_version_id = ? AND event_id = ?",
                id,
                upload.getEventId());
        if (known != null) {
            return;
        }
        sql.run(
                """
                INSERT INTO upload (partition, "offset", event_id, model_version_id, sender, location, stable_id,
                    visibility, uploaded_by, uploaded_at, received_at, correlation_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                place.partition(),
                place.offset(),
                upload.getEventId(),
                id,
                upload.getSender(),
                upload.getLocation(),
                upload.getStableId(),
                upload.getVisibility(),
                upload.getUploadedBy(),
                upload.getUploadedAt(),
                upload.getReceivedAt(),
                upload.getCorrelationId());
        versions.touch(id);
    }
}
