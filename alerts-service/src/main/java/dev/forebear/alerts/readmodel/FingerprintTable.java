package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.Fingerprint;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.NotAnalysed;
import dev.forebear.schemas.wire.ReferenceFacts;

/** What was read of the weights; the features, tens of kilobytes, stay in the topic. */
final class FingerprintTable implements TopicTables<ModelFingerprint> {

    private final Statements sql;
    private final ModelVersions versions;
    private final ErasedModels erased;

    FingerprintTable(Statements sql, ModelVersions versions, ErasedModels erased) {
        this.sql = sql;
        this.versions = versions;
        this.erased = erased;
    }

    @Override
    public void put(Place place, ModelFingerprint record) {
        ModelVersionId version = ModelVersionId.parse(record.getModelVersionId());
        String id = version.toString();
        if (erased.cover(version, record.getUploadedAt())) {
            delete(id);
            return;
        }
        NotAnalysed notAnalysed = record.getNotAnalysed();
        Fingerprint fingerprint = record.getFingerprint();
        ReferenceFacts reference = record.getReference();
        sql.run(
                """
                INSERT OR REPLACE INTO fingerprint (model_version_id, partition, "offset", upload_event_id, location,
                    not_analysed_reason, not_analysed_message, licence, family, publisher, other_names,
                    parameters, uploaded_at, fingerprinted_at, correlation_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                place.partition(),
                place.offset(),
                record.getUploadEventId(),
                record.getLocation(),
                notAnalysed == null ? null : notAnalysed.getReason(),
                notAnalysed == null ? null : notAnalysed.getMessage(),
                record.getLicence(),
                reference == null ? null : reference.getFamily(),
                reference == null ? null : reference.getPublisher(),
                reference == null ? "" : String.join("\n", reference.getOtherNames()),
                fingerprint == null ? null : fingerprint.getParameters(),
                record.getUploadedAt(),
                record.getFingerprintedAt(),
                record.getCorrelationId());
        versions.touch(id);
    }

    @Override
    public void delete(String key) {
        if (sql.run("DELETE FROM fingerprint WHERE model_version_id = ?", key) > 0) {
            versions.touch(key);
        }
    }
}
