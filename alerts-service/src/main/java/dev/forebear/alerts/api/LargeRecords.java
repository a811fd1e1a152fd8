package dev.forebear.alerts.api;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.ReadModelException;
import dev.forebear.alerts.readmodel.Records;
import dev.forebear.schemas.Topic;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.DeadLetter;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reports, fingerprints and dead letters: the tables know where they lie, and the topics have them. */
final class LargeRecords {

    private final ReadModel model;
    private final Records records;

    LargeRecords(ReadModel model, Records records) {
        this.model = model;
        this.records = records;
    }

    /** A report in its last wording; empty when there is none. */
    Optional<LineageReport> report(String reportId) {
        return find("""
            SELECT partition, "offset" FROM report
            WHERE report_id = :id ORDER BY latest DESC, "offset" DESC LIMIT 1\
            """, reportId, Topics.LINEAGE_REPORTS);
    }

    /** The last word on a model version; empty when there is none. */
    Optional<LineageReport> reportOn(String modelVersionId) {
        return find(
                "SELECT partition, \"offset\" FROM report WHERE model_version_id = :id AND latest = 1",
                modelVersionId,
                Topics.LINEAGE_REPORTS);
    }

    /** Null when there is none, or another has taken its place a moment ago. */
    @Nullable
    ModelFingerprint fingerprint(String modelVersionId) {
        try {
            return find("""
                SELECT fingerprint_partition AS partition, fingerprint_offset AS "offset"
                FROM model_version WHERE id = :id AND fingerprint_offset IS NOT NULL\
                """, modelVersionId, Topics.MODEL_FINGERPRINTS).orElse(null);
        } catch (ReadModelException e) {
            return null;
        }
    }

    DeadLetter deadLetter(int partition, long offset) {
        return records.at(Topics.DEAD_LETTERS, partition, offset);
    }

    private <V extends SpecificRecord> Optional<V> find(String sql, String id, Topic<V> topic) {
        // The connection goes back before the broker is asked.
        return model.queries()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("id", id)
                        .map((set, context) -> new Place(set.getInt("partition"), set.getLong("offset")))
                        .findFirst())
                .map(place -> records.at(topic, place.partition, place.offset));
    }

    private record Place(int partition, long offset) {}
}
