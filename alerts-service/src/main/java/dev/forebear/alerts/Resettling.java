package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.AuditEntry;
import dev.forebear.schemas.wire.PolicyException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Alerts that change without a report: snoozes that end, exceptions that are granted, revoked or lapse, models that are
 * deleted. What is to be done is asked of the read model, so nothing that happened while nobody looked is missed. Used
 * by the decisions' thread.
 */
final class Resettling {

    private static final int BATCH = 1_000;

    private final Ownership ownership;
    private final KnownAlerts alerts;
    private final ExceptionTable exceptions;
    private final Decider decider;
    private final AlertWriter writer;
    private Instant lapsesNoted = Instant.EPOCH;

    Resettling(Ownership ownership, ReadModel readModel, Decider decider, AlertWriter writer) {
        this.ownership = ownership;
        this.alerts = new KnownAlerts(readModel.queries());
        this.exceptions = new ExceptionTable(readModel.queries());
        this.decider = decider;
        this.writer = writer;
    }

    /** Looks at everything again: models are ours that were somebody else's. */
    void forget() {
        lapsesNoted = Instant.EPOCH;
    }

    /** @param changed names of topics of which records were applied since */
    void afterChange(Set<String> changed) throws InterruptedException {
        Set<AlertRef> due = new HashSet<>();
        if (changed.contains(Topics.POLICY_EXCEPTIONS.name())) {
            due.addAll(alerts.excepted(decider.now()));
        }
        if (changed.contains(Topics.MODEL_CHANGES.name())) {
            due.addAll(alerts.ofDeletedVersions(decider.now()));
        }
        settle(due);
    }

    /** What time alone changes. */
    void afterTime() throws InterruptedException {
        Instant now = decider.now();
        settle(alerts.due(now));
        for (PolicyException lapsed : exceptions.lapsedUnnoted(lapsesNoted, now)) {
            if (ownership.owns(lapsed.getExceptionId())) {
                note(lapsed);
            }
        }
        lapsesNoted = now;
    }

    private void settle(Set<AlertRef> due) throws InterruptedException {
        List<String> ours = due.stream()
                .filter(alert -> ownership.ownsModel(alert.modelId()))
                .map(AlertRef::alertId)
                .toList();
        for (int from = 0; from < ours.size(); from += BATCH) {
            List<String> batch = ours.subList(from, Math.min(from + BATCH, ours.size()));
            writer.write(decider.settled(batch).changed());
        }
    }

    private void note(PolicyException lapsed) throws InterruptedException {
        writer.audit(AuditEntry.newBuilder()
                .setEntryId("lapsed-" + lapsed.getExceptionId())
                .setAuthor("forebear")
                .setAction("exception.lapsed")
                .setSubject(lapsed.getExceptionId())
                .setDetail("granted by " + lapsed.getGrantedBy() + ", owner " + lapsed.getOwner())
                .setVia("service")
                .setAt(lapsed.getExpiresAt())
                .build());
    }
}
