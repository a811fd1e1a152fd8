package dev.forebear.alerts.readmodel;

import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.LineageAlert;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A read model that is filled without a broker, one record in each transaction. */
public final class Filled implements AutoCloseable {

    private final ReadModel model;
    private final SearchTable search;
    private final ModelVersions versions;
    private final ErasedModels erased;
    private final OwedTable owed;
    private long offset;

    public Filled(Path folder, InstantSource clock) {
        model = ReadModel.open(folder.resolve("alerts.db"));
        search = new SearchTable(model.statements());
        versions = new ModelVersions(model.statements(), search);
        erased = new ErasedModels(model.statements(), versions);
        owed = new OwedTable(model.statements(), clock);
    }

    public ReadModel model() {
        return model;
    }

    Filled put(ModelUploaded upload) {
        return put(new UploadTable(model.statements(), versions, erased), upload);
    }

    Filled put(ModelChanged change) {
        return put(new ChangeTable(model.statements(), versions, erased), change);
    }

    Filled put(ModelFingerprint fingerprint) {
        return put(new FingerprintTable(model.statements(), versions, erased), fingerprint);
    }

    Filled put(LineageReport report) {
        return put(new ReportTables(model.statements(), versions, erased), report);
    }

    Filled put(LineageAlert alert) {
        return put(new AlertTables(model.statements(), owed, search), alert);
    }

    Filled put(AlertDelivery delivery) {
        return put(new DeliveryTables(model.statements(), owed), delivery);
    }

    OwedTable owed() {
        return owed;
    }

    /** The first column of the answer. */
    List<String> list(String sql, Object... arguments) {
        return model.queries().withHandle(handle -> {
            var query = handle.createQuery(sql);
            for (int i = 0; i < arguments.length; i++) {
                query.bind(i, arguments[i]);
            }
            return query.map((row, context) -> row.getString(1)).list();
        });
    }

    /** Many in one transaction. */
    public void putAll(List<LineageReport> reports) {
        putAll(new ReportTables(model.statements(), versions, erased), reports);
    }

    private <V> Filled put(TopicTables<V> tables, V value) {
        return putAll(tables, List.of(value));
    }

    private <V> Filled putAll(TopicTables<V> tables, List<V> values) {
        model.statements().transact(() -> {
            values.forEach(value -> tables.put(new Place(0, offset++), value));
            versions.refresh();
            search.refresh();
        });
        model.changed(Set.of(), versions.refreshed());
        return this;
    }

    @Override
    public void close() {
        model.close();
    }
}
