package dev.forebear.alerts.api;

import dev.forebear.alerts.api.ModelPageView.AnnouncementView;
import dev.forebear.alerts.api.ModelPageView.ChangeView;
import dev.forebear.alerts.api.ModelPageView.DeclarationView;
import dev.forebear.alerts.api.ModelPageView.FingerprintView;
import dev.forebear.alerts.api.ModelPageView.FoundView;
import dev.forebear.alerts.api.ModelPageView.SignatureView;
import dev.forebear.alerts.api.ModelPageView.WordingView;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.SignatureCheck;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** All that is known of a model version, from the tables; of its fingerprint, from the topic. */
final class ModelPages {

    private static final int MOST = 20;
    private static final int MOST_MATCHES = 200;
    private static final int MOST_ALERTS = 50;

    private final ReadModel model;
    private final LargeRecords records;

    ModelPages(ReadModel model, LargeRecords records) {
        this.model = model;
        this.records = records;
    }

    ModelPageView of(String asked) {
        String id = model.queries().withHandle(handle -> ModelIds.version(handle, asked));
        ModelFingerprint fingerprint = records.fingerprint(id);
        return model.queries().withHandle(handle -> of(handle, id, fingerprint));
    }

    private static ModelPageView of(Handle handle, String id, @Nullable ModelFingerprint fingerprint) {
        ModelVersionView version =
                versions(handle, "model_version.id = :id", id).getFirst();
        List<AlertView> alerts = AlertQueries.ofModel(handle, version.modelId(), MOST_ALERTS);
        return new ModelPageView(
                version,
                cost(fingerprint),
                signature(fingerprint),
                version.reportId() == null && fingerprint != null ? announced(fingerprint) : declared(handle, id),
                found(handle, id),
                number(handle, DESCENDANTS, version.modelId()),
                versions(handle, "model_version.model_id = :id", version.modelId()),
                number(handle, "SELECT count(*) FROM model_version WHERE model_id = :id", version.modelId()),
                list(handle, REPORTS, id, ModelPages::wording),
                list(handle, ANNOUNCEMENTS, id, ModelPages::announcement),
                list(handle, CHANGES, id, ModelPages::change),
                alerts,
                DeliveryQueries.lastOf(
                        handle, alerts.stream().map(AlertView::id).toList(), MOST_ALERTS));
    }

    private static final String DESCENDANTS = """
        SELECT count(DISTINCT derived_id) FROM match
        WHERE base_model_id = :id AND proven = 1 AND derived_model_id <> :id\
        """;

    private static final String REPORTS = """
        SELECT * FROM report WHERE model_version_id = :id ORDER BY "offset" DESC LIMIT %d\
        """.formatted(MOST);

    private static final String ANNOUNCEMENTS = """
        SELECT * FROM upload WHERE model_version_id = :id ORDER BY received_at DESC LIMIT %d\
        """.formatted(MOST);

    private static final String CHANGES = """
        SELECT model_change.* FROM model_version JOIN model_change
            ON model_change.registry = model_version.registry
            AND (model_change.name = model_version.name
                OR (model_change.stable_id IS NOT NULL AND model_change.stable_id = model_version.stable_id))
        WHERE model_version.id = :id
            AND (model_change.version IS NULL OR model_change.version = model_version.version)
        ORDER BY model_change.received_at DESC LIMIT %d\
        """.formatted(MOST);

    private static List<ModelVersionView> versions(Handle handle, String condition, String id) {
        return list(
                handle,
                "SELECT " + ModelVersionView.COLUMNS + "\nFROM model_version " + ModelVersionView.JOINS + "\nWHERE "
                        + condition + "\nORDER BY model_version.received_at DESC, model_version.id LIMIT " + MOST,
                id,
                ModelVersionView::of);
    }

    private static FingerprintView cost(@Nullable ModelFingerprint record) {
        return record == null
                ? FingerprintView.NONE
                : new FingerprintView(
                        record.getFingerprint() == null
                                ? null
                                : ShapeView.of(record.getFingerprint().getShape()),
                        record.getElapsedMillis(),
                        record.getBytesRead(),
                        record.getRequests());
    }

    private static @Nullable SignatureView signature(@Nullable ModelFingerprint record) {
        SignatureCheck check = record == null ? null : record.getSignature();
        return check == null
                ? null
                : new SignatureView(
                        check.getFile(),
                        Json.word(check.getState()),
                        check.getMessage(),
                        check.getListed(),
                        check.getCompared());
    }

    private static List<DeclarationView> announced(ModelFingerprint record) {
        return DeclaredView.of(record.getDeclaredBases()).stream()
                .map(base -> new DeclarationView(
                        base.name(), base.relation(), base.source(), base.strength(), null, null, false))
                .toList();
    }

    private static List<DeclarationView> declared(Handle handle, String id) {
        return list(
                handle,
                """
                SELECT declaration.*, match.verdict, coalesce(match.proven, 0) AS proven
                FROM declaration LEFT JOIN match
                    ON match.derived_id = declaration.derived_id AND match.base_id = declaration.base_id
                WHERE declaration.derived_id = :id ORDER BY declaration.place\
                """,
                id,
                row -> new DeclarationView(
                        row.text("name"),
                        row.textOrNull("relation"),
                        row.text("source"),
                        row.text("strength"),
                        row.textOrNull("base_id"),
                        row.textOrNull("verdict"),
                        row.flag("proven")));
    }

    private static List<FoundView> found(Handle handle, String id) {
        return list(
                handle,
                "SELECT match.* FROM match WHERE derived_id = :id"
                        + " ORDER BY parent DESC, nearest DESC, proven DESC, base_uploaded_at LIMIT " + MOST_MATCHES,
                id,
                row -> new FoundView(
                        row.text("base_model_id"),
                        Objects.requireNonNull(MatchSummary.of(row)),
                        row.flag("proven"),
                        row.decimalOrNull("effect_size"),
                        row.text("summary"),
                        row.time("base_uploaded_at")));
    }

    private static WordingView wording(Row row) throws SQLException {
        return new WordingView(
                row.text("report_id"),
                row.text("purpose"),
                row.text("confirmation"),
                row.time("reported_at"),
                row.small("matches"),
                row.small("proven"),
                row.textOrNull("not_analysed_reason"),
                row.flag("latest"));
    }

    private static AnnouncementView announcement(Row row) throws SQLException {
        return new AnnouncementView(
                row.text("event_id"),
                row.text("sender"),
                row.textOrNull("uploaded_by"),
                row.time("uploaded_at"),
                row.time("received_at"));
    }

    private static ChangeView change(Row row) throws SQLException {
        return new ChangeView(
                row.text("change"),
                row.textOrNull("version"),
                row.textOrNull("former_name"),
                row.textOrNull("visibility"),
                row.time("received_at"));
    }

    private static <V> List<V> list(Handle handle, String sql, String id, Keyset.Mapper<V> mapper) {
        return handle.createQuery(sql)
                .bind("id", id)
                .map((set, context) -> mapper.map(new Row(set)))
                .list();
    }

    private static long number(Handle handle, String sql, String id) {
        return handle.createQuery(sql).bind("id", id).mapTo(Long.class).one();
    }
}
