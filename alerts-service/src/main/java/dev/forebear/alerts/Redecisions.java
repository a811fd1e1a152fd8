package dev.forebear.alerts;

import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.wire.LineageReport;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Model versions that are decided on again although no report on them has arrived: a batch at a time, so that what
 * arrives meanwhile waits for one batch at most. Used by the decisions' thread.
 */
final class Redecisions {

    static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Redecisions.class);

    private final Ownership ownership;
    private final ReportTable reports;
    private final StoredReports stored;
    private final Decider decider;
    private final AlertWriter writer;
    private final NavigableSet<ReportPlace> single = new TreeSet<>();
    private final Deque<Task> tasks = new ArrayDeque<>();

    Redecisions(Ownership ownership, ReportTable reports, StoredReports stored, Decider decider, AlertWriter writer) {
        this.ownership = ownership;
        this.reports = reports;
        this.stored = stored;
        this.decider = decider;
        this.writer = writer;
    }

    private record Task(Scope scope, NavigableSet<ReportPlace> places, Runnable done) {}

    /** These model versions, by the whole policy. */
    void add(Collection<String> modelVersionIds) {
        if (!modelVersionIds.isEmpty()) {
            single.addAll(reports.latest(modelVersionIds));
        }
    }

    /** The model versions that these reports are about, by the whole policy. */
    void addPlaces(Collection<ReportPlace> places) {
        single.addAll(places);
    }

    /** All model versions that are ours, by a part of the policy; then something else is done. */
    void addAll(Scope scope, Runnable done) {
        List<ReportPlace> all = reports.latestOf(this::isOurs);
        LOG.atInfo()
                .addKeyValue("models", all.size())
                .addKeyValue("rule", scope.rule())
                .addKeyValue("notify", scope.tells())
                .log("policy is applied to what is known");
        tasks.add(new Task(scope, new TreeSet<>(all), done));
    }

    /** The model versions that these reports are about, by a part of the policy, before what was asked for earlier. */
    void addFirst(Scope scope, Collection<ReportPlace> places) {
        LOG.atInfo()
                .addKeyValue("models", places.size())
                .addKeyValue("rule", scope.rule())
                .log("models are decided on again");
        tasks.addFirst(new Task(scope, new TreeSet<>(places), () -> {}));
    }

    /** Forgets what was asked for. */
    void clear() {
        single.clear();
        tasks.clear();
    }

    /** Decides on one batch; false when there is nothing to decide. */
    boolean step() throws InterruptedException {
        if (!single.isEmpty()) {
            decide(Scope.WHOLE, single);
            return true;
        }
        Task task = tasks.peek();
        if (task == null) {
            return false;
        }
        decide(task.scope, task.places);
        if (task.places.isEmpty()) {
            tasks.remove();
            task.done.run();
        }
        return true;
    }

    private void decide(Scope scope, NavigableSet<ReportPlace> places) throws InterruptedException {
        List<ReportPlace> batch = places.stream().limit(BATCH).toList();
        Map<ReportPlace, LineageReport> known = stored.at(batch);
        // What a newer report has replaced meanwhile is decided when that arrives.
        Set<ReportPlace> latest = reports.latest(
                known.values().stream().map(LineageReport::getModelVersionId).toList());
        known.keySet().retainAll(latest);
        List<LineageReport> lastWords = known.values().stream()
                .filter(report -> isOurs(report.getModelVersionId()))
                .toList();
        Round round = decider.reports(lastWords, scope, report -> {});
        writer.write(round.changed());
        batch.forEach(places::remove);
        add(round.unworded());
    }

    private boolean isOurs(String modelVersionId) {
        return ownership.ownsModel(ModelVersionId.parse(modelVersionId).modelId());
    }
}
