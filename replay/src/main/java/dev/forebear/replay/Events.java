package dev.forebear.replay;

import dev.forebear.replay.audit.AuditedEvent;
import dev.forebear.replay.audit.AuditedFinding;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChangeKind;
import dev.forebear.schemas.wire.ModelUploaded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The records that what is said of an upload rests on. Thread-safe. */
final class Events {

    private static final Comparator<AuditedEvent> IN_ORDER = Comparator.comparing(AuditedEvent::at)
            .thenComparing(AuditedEvent::topic)
            .thenComparing(AuditedEvent::partition)
            .thenComparing(AuditedEvent::offset);

    private final Knowledge knowledge;
    private final Questions questions;

    Events(Knowledge knowledge, Questions questions) {
        this.knowledge = knowledge;
        this.questions = questions;
    }

    /** @param then the report of the time; null when there was none */
    List<AuditedEvent> of(
            PastUpload upload,
            @Nullable PastReport then,
            @Nullable LineageReport lastWording,
            List<AuditedFinding> findings)
            throws IOException {
        List<AuditedEvent> events = new ArrayList<>();
        ModelUploaded announced = upload.announced();
        events.add(new AuditedEvent(
                Topics.MODEL_UPLOADS.name(),
                upload.partition(),
                upload.offset(),
                "announced",
                announced.getReceivedAt()));
        knowledge.changes().of(announced).stream().map(Events::changed).forEach(events::add);
        addFingerprint(upload, events);
        addReport(then, lastWording, events);
        addAlerts(findings, events);
        events.sort(IN_ORDER);
        return events;
    }

    private static AuditedEvent changed(PastChanges.Change placed) {
        return new AuditedEvent(
                Topics.MODEL_CHANGES.name(),
                placed.partition(),
                placed.offset(),
                words(placed.change().getChange()),
                placed.change().getReceivedAt());
    }

    private static String words(ModelChangeKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void addFingerprint(PastUpload upload, List<AuditedEvent> events) {
        KnownModel known = knowledge.models().get(upload.modelVersionId());
        if (known != null && questions.standing(upload) != Questions.Standing.GONE) {
            events.add(new AuditedEvent(
                    Topics.MODEL_FINGERPRINTS.name(),
                    known.partition(),
                    known.offset(),
                    known.isFingerprinted() ? "fingerprinted" : "could not be read",
                    known.fingerprintedAt()));
        }
    }

    private void addReport(@Nullable PastReport then, @Nullable LineageReport lastWording, List<AuditedEvent> events)
            throws IOException {
        if (then == null || lastWording == null) {
            return;
        }
        boolean once = then.first().equals(then.last());
        LineageReport first = once ? lastWording : knowledge.reports().wording(then.first());
        events.add(report(then.first(), "reported", first));
        if (!once) {
            events.add(report(then.last(), then.isConfirmed() ? "confirmed" : "reported again", lastWording));
        }
    }

    private static AuditedEvent report(PastReport.Wording wording, String what, LineageReport report) {
        return new AuditedEvent(
                Topics.LINEAGE_REPORTS.name(), wording.partition(), wording.offset(), what, report.getReportedAt());
    }

    private void addAlerts(List<AuditedFinding> findings, List<AuditedEvent> events) {
        for (AuditedFinding finding : findings) {
            PastAlert alert = knowledge.alerts().get(finding.alertId());
            if (alert != null) {
                var event = new AuditedEvent(
                        Topics.LINEAGE_ALERTS.name(),
                        alert.partition(),
                        alert.offset(),
                        "alert opened",
                        alert.openedAt());
                if (!events.contains(event)) {
                    events.add(event);
                }
            }
        }
    }
}
