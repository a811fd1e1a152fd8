package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills a read model from records that somebody chose, not from topics: what the tables would say had these been all.
 * Nothing can be searched for in it, and no model can be asked who descends from it. Used by one thread.
 */
public final class Filling {

    /** By these a page looks from ancestors down. Keeping them is most of the work, and policies look up only. */
    private static final List<String> INDICES_OF_PAGES =
            List.of("match_by_base", "match_by_base_model", "match_by_time");

    private final Statements sql;
    private final ModelVersions versions;
    private final UploadTable uploads;
    private final ChangeTable changes;
    private final FingerprintTable fingerprints;
    private final ReportTables reports;

    /** @param model that no {@link TopicFollower} writes */
    public Filling(ReadModel model) {
        this.sql = model.statements();
        INDICES_OF_PAGES.forEach(index -> sql.run("DROP INDEX " + index));
        this.versions = new ModelVersions(sql, new SearchTable(sql));
        var erased = new ErasedModels(sql, versions);
        this.uploads = new UploadTable(sql, versions, erased);
        this.changes = new ChangeTable(sql, versions, erased);
        this.fingerprints = new FingerprintTable(sql, versions, erased);
        this.reports = new ReportTables(sql, versions, erased);
    }

    /**
     * Writes the records in one transaction; some thousands at a time cost the least.
     *
     * @param write hands a record to {@link #upload}, {@link #changed}, {@link #fingerprint} or {@link #report}
     */
    public <T> void write(Collection<T> records, Consumer<T> write) {
        sql.transact(() -> records.forEach(write));
    }

    /** What lies at that place of {@code model-uploads}. */
    public void upload(int partition, long offset, ModelUploaded upload) {
        uploads.put(new Place(partition, offset), upload);
    }

    /** What lies at that place of {@code model-changes}. */
    public void changed(int partition, long offset, ModelChanged change) {
        changes.put(new Place(partition, offset), change);
    }

    /** What lies at that place of {@code model-fingerprints}. */
    public void fingerprint(int partition, long offset, ModelFingerprint fingerprint) {
        fingerprints.put(new Place(partition, offset), fingerprint);
    }

    /** A report; of several on one model version the last in order of places counts. */
    public void report(int partition, long offset, LineageReport report) {
        reports.put(new Place(partition, offset), report);
    }

    /** Makes the rows that are made from several of these; once, at the end. */
    public void complete() {
        sql.transact(versions::refresh);
    }
}
