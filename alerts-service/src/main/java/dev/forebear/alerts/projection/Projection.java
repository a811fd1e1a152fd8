package dev.forebear.alerts.projection;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.ModelUploaded;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of all models, reports, alerts and deliveries. Every record may be applied twice, and must be where the
 * caller reads its own writes before they come round. What it hands out is immutable. Thread-safe.
 *
 * <p>Size: one {@link ModelHistory} per model version, each bounded; every alert; the last {@value #MAX_DELIVERIES}
 * deliveries; the last {@value Portraits#MOST} portraits.
 */
public final class Projection {

    static final int MAX_DELIVERIES = 10_000;

    private final Map<String, ModelHistory> models = new HashMap<>();
    private final Map<String, AlertEntry> alerts = new HashMap<>();
    private final Map<String, Set<String>> alertsByModel = new HashMap<>();
    /** A delivery may be read before its alert: they come from two topics. */
    private final Map<String, List<AlertDelivery>> deliveriesOfUnknownAlerts = new HashMap<>();

    private final Timeline<ModelHistory> uploads = new Timeline<>(Integer.MAX_VALUE);
    private final Timeline<LineageReport> matched = new Timeline<>(Integer.MAX_VALUE);
    private final Timeline<AlertEntry> alertTimeline = new Timeline<>(Integer.MAX_VALUE);
    private final Timeline<AlertDelivery> deliveries = new Timeline<>(MAX_DELIVERIES);
    private final Portraits portraits = new Portraits();
    private final CurrentReads reads = new CurrentReads();
    private final ConnectedRegistries registries = new ConnectedRegistries();
    private final Standings standings = new Standings();
    private long changes;
    private long revision;
    private @Nullable Summary summary;

    public synchronized void apply(ModelUploaded upload) {
        change(upload.getModelVersionId(), model -> model.with(upload));
    }

    public synchronized void apply(ModelFingerprint fingerprint) {
        portraits.put(fingerprint.getModelVersionId(), Portrait.of(fingerprint));
        change(fingerprint.getModelVersionId(), model -> model.with(FingerprintFacts.of(fingerprint)));
    }

    public synchronized void apply(ModelChanged change) {
        standings.apply(change);
        changes++;
        changed();
    }

    /** What became of a model at its registry since its upload. */
    public synchronized Standing standing(ModelHistory model) {
        return standings.of(model);
    }

    /** Grows with every change that a registry told of. */
    public synchronized long changes() {
        return changes;
    }

    /** A fingerprint was deleted. */
    public synchronized void forgetFingerprint(String modelVersionId) {
        portraits.put(modelVersionId, null);
        if (models.containsKey(modelVersionId)) {
            change(modelVersionId, model -> model.with((FingerprintFacts) null));
        }
    }

    public synchronized void apply(ReportEntry entry) {
        String id = entry.report().getModelVersionId();
        if (latestOffset(id) >= entry.offset() || confirmsReplaced(entry.report())) {
            return;
        }
        change(id, model -> model.with(entry));
        if (entry.report().getMatches().isEmpty()) {
            matched.remove(id);
        } else {
            matched.put(id, entry.report().getReportedAt(), entry.report());
        }
    }

    /** Applies an alert's record unless a later one is known; what is known of its deliveries stays. */
    public synchronized void apply(AlertEntry entry) {
        String id = entry.alert().getAlertId();
        AlertEntry known = alerts.get(id);
        if (known != null && known.offset() >= entry.offset()) {
            return;
        }
        AlertEntry merged = known == null ? entry : known.with(entry);
        List<AlertDelivery> early = deliveriesOfUnknownAlerts.remove(id);
        if (early != null) {
            for (AlertDelivery delivery : early) {
                merged = merged.with(delivery);
            }
        }
        alertsByModel
                .computeIfAbsent(modelId(entry.alert().getDerivedModelVersionId()), model -> new HashSet<>())
                .add(id);
        replace(merged);
    }

    /** An alert was deleted. */
    public synchronized void forgetAlert(String alertId) {
        AlertEntry known = alerts.remove(alertId);
        if (known != null) {
            alertTimeline.remove(alertId);
            alertsByModel
                    .getOrDefault(modelId(known.alert().getDerivedModelVersionId()), new HashSet<>())
                    .remove(alertId);
            changed();
        }
    }

    public synchronized void apply(AlertDelivery delivery) {
        AlertEntry known = alerts.get(delivery.getAlertId());
        if (known == null) {
            deliveriesOfUnknownAlerts.merge(
                    delivery.getAlertId(),
                    List.of(delivery),
                    (before, now) ->
                            Stream.concat(before.stream(), now.stream()).toList());
        } else {
            replace(known.with(delivery));
        }
        String id = delivery.getAlertId() + "/" + delivery.getChannel() + "/" + delivery.getState() + "/"
                + delivery.getAttempt();
        deliveries.put(id, delivery.getAt(), delivery);
        changed();
    }

    /** Whether the report with this offset is the last word on the model. */
    public synchronized boolean isLatestReport(String modelVersionId, long offset) {
        return latestOffset(modelVersionId) == offset;
    }

    private long latestOffset(String modelVersionId) {
        ModelHistory model = models.get(modelVersionId);
        return model == null || model.reports().isEmpty()
                ? -1
                : model.reports().getFirst().offset();
    }

    /** A confirmation of what a revision has replaced meanwhile: the revision's own confirmation follows. */
    private boolean confirmsReplaced(LineageReport report) {
        boolean confirms = report.getConfirmation() == ConfirmationState.CONFIRMED
                || report.getConfirmation() == ConfirmationState.FAILED;
        ModelHistory model = models.get(report.getModelVersionId());
        LineageReport latest = model == null ? null : model.report();
        return confirms && latest != null && !latest.getReportId().equals(report.getReportId());
    }

    public synchronized @Nullable ModelHistory model(String modelVersionId) {
        return models.get(modelVersionId);
    }

    /** A report that is still remembered, or null. */
    public synchronized @Nullable LineageReport report(String reportId) {
        // A report id begins with the id of its model version, and both may contain '#'.
        for (int end = reportId.lastIndexOf('#'); end > 0; end = reportId.lastIndexOf('#', end - 1)) {
            ModelHistory model = models.get(reportId.substring(0, end));
            if (model != null) {
                return model.reports().stream()
                        .map(ReportEntry::report)
                        .filter(report -> report.getReportId().equals(reportId))
                        .findFirst()
                        .orElse(null);
            }
        }
        return null;
    }

    /** What can be drawn of a model; null when it was not analysed, or so long ago that it was given up. */
    public synchronized @Nullable Portrait portrait(String modelVersionId) {
        return portraits.get(modelVersionId);
    }

    public synchronized @Nullable AlertEntry alert(String alertId) {
        return alerts.get(alertId);
    }

    /** Alerts of the model that this is a version of. */
    public synchronized List<AlertEntry> alertsOf(String modelVersionId) {
        return alertsByModel.getOrDefault(modelId(modelVersionId), Set.of()).stream()
                .map(alerts::get)
                .toList();
    }

    private static String modelId(String modelVersionId) {
        return ModelVersionId.parse(modelVersionId).modelId();
    }

    /** Alerts on models whose reports lie in one of these partitions. */
    public synchronized List<AlertEntry> alertsOf(Collection<Integer> reportPartitions) {
        return alerts.values().stream()
                .filter(entry ->
                        reportPartitions.contains(reportPartition(entry.alert().getDerivedModelVersionId())))
                .toList();
    }

    /** Partition in which the reports on a model lie; -1 when there is none yet. */
    public synchronized int reportPartition(String modelVersionId) {
        ModelHistory model = models.get(modelVersionId);
        return model == null || model.reports().isEmpty()
                ? -1
                : model.reports().getFirst().partition();
    }

    /** Model versions, the latest received first. */
    public synchronized Page<ModelHistory> uploads(@Nullable Cursor cursor, int limit) {
        return uploads.page(cursor, limit);
    }

    /** Latest reports that have a match, the newest first. */
    public synchronized Page<LineageReport> matchedReports(@Nullable Cursor cursor, int limit) {
        return matched.page(cursor, limit);
    }

    /** Alerts, the latest changed first. */
    public synchronized Page<AlertEntry> alerts(@Nullable Cursor cursor, int limit) {
        return alertTimeline.page(cursor, limit);
    }

    /** Attempts to deliver, the newest first. */
    public synchronized Page<AlertDelivery> deliveries(@Nullable Cursor cursor, int limit) {
        return deliveries.page(cursor, limit);
    }

    /** What is read now; a change of it is none of the projection. */
    public CurrentReads reads() {
        return reads;
    }

    /** How the registries do; a change of it is none of the projection. */
    public ConnectedRegistries registries() {
        return registries;
    }

    /** Grows with every change. */
    public synchronized long revision() {
        return revision;
    }

    public synchronized Summary summary() {
        if (summary == null) {
            summary = Summary.of(models.values(), alerts.values(), matched.values());
        }
        return summary;
    }

    private void change(String modelVersionId, UnaryOperator<ModelHistory> change) {
        ModelHistory model = change.apply(models.getOrDefault(modelVersionId, ModelHistory.of(modelVersionId)));
        models.put(modelVersionId, model);
        uploads.put(modelVersionId, model.receivedAt(), model);
        changed();
    }

    private void replace(AlertEntry entry) {
        String id = entry.alert().getAlertId();
        alerts.put(id, entry);
        alertTimeline.put(id, entry.alert().getUpdatedAt(), entry);
        changed();
    }

    private void changed() {
        revision++;
        summary = null;
    }
}
