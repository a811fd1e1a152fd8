package dev.forebear.alerts;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.QuarantineEffects;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.ModelVersionId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Models on which must be decided again because something is quarantined, or is no more. Who that is is asked of the
 * read model: whoever descends and has no alert, whoever has one of a quarantine that was lifted. So nothing is missed
 * that happened while nobody looked, and a process that is killed leaves nothing half done. Used by the decisions'
 * thread.
 */
final class QuarantineWatch {

    /** Reports decide by themselves as they arrive; this finds whom a declaration leads to only now. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final Ownership ownership;
    private final QuarantineEffects effects;
    private final ReportTable reports;
    private final Decider decider;
    private final Redecisions redecisions;
    private final Set<ReportPlace> tried = new HashSet<>();
    private boolean stale;
    private long nextLook = System.nanoTime();

    QuarantineWatch(Ownership ownership, ReadModel readModel, Decider decider, Redecisions redecisions) {
        this.ownership = ownership;
        this.effects = new QuarantineEffects(readModel.queries());
        this.reports = new ReportTable(readModel.queries());
        this.decider = decider;
        this.redecisions = redecisions;
    }

    /** Looks at everything again: models are ours that were somebody else's, or quarantines have changed. */
    void forget() {
        tried.clear();
        stale = true;
        nextLook = System.nanoTime();
    }

    /** Reports have changed who descends from whom. */
    void noteReports() {
        stale = true;
    }

    /** Notes what has to be decided again; the first of it is decided before anything else. */
    void run() {
        if (!stale || System.nanoTime() - nextLook < 0) {
            return;
        }
        stale = false;
        nextLook = System.nanoTime() + LOOK_EVERY.toNanos();
        if (!decider.looksForQuarantined() || !effects.isAnythingQuarantined()) {
            return;
        }
        List<String> ours = effects.undecided(Policy.QUARANTINED_ANCESTOR).stream()
                .filter(id -> ownership.ownsModel(ModelVersionId.parse(id).modelId()))
                .toList();
        Set<ReportPlace> places = new HashSet<>(reports.latest(ours));
        places.removeIf(place -> !tried.add(place));
        if (!places.isEmpty()) {
            redecisions.addFirst(new Scope(Policy.QUARANTINED_ANCESTOR, true), places);
        }
    }
}
