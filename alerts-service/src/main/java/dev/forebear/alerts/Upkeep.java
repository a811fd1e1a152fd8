package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What is decided beside the reports that arrive: actions, exceptions, snoozes, deletions, changes of ancestry,
 * quarantines, applications of the policy. Used by the decisions' thread.
 */
final class Upkeep {

    private static final Duration TICK = Duration.ofSeconds(1);

    private static final Set<String> EVERYTHING =
            Topics.all().stream().map(topic -> topic.name()).collect(Collectors.toUnmodifiableSet());

    private final PolicySource policy;
    private final PolicyHistory history;
    private final PendingActions actions;
    private final Resettling resettling;
    private final DescendantWatch descendants;
    private final QuarantineWatch quarantines;
    private final Applications applications;
    private final Redecisions redecisions;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private long nextTick = System.nanoTime();

    Upkeep(
            ReadModel readModel,
            PolicySource policy,
            PolicyHistory history,
            PendingActions actions,
            Resettling resettling,
            DescendantWatch descendants,
            QuarantineWatch quarantines,
            Applications applications,
            Redecisions redecisions) {
        this.policy = policy;
        this.history = history;
        this.actions = actions;
        this.resettling = resettling;
        this.descendants = descendants;
        this.quarantines = quarantines;
        this.applications = applications;
        this.redecisions = redecisions;
        readModel.onChange(changed::addAll);
    }

    /**
     * Takes partitions over.
     *
     * @param bookmarks what their former owners left; fewer than partitions when they are new
     */
    void takeOver(Collection<Bookmark> bookmarks) {
        redecisions.clear();
        descendants.takeOver(bookmarks.stream().map(Bookmark::reports).toList());
        applications.takeOver(bookmarks.stream().map(Bookmark::applications).toList());
        actions.forget();
        resettling.forget();
        quarantines.forget();
        changed.addAll(EVERYTHING);
    }

    /** Does what there is to do; of long work one batch. False when nothing is left for now. */
    boolean run() throws InterruptedException {
        Set<String> topics = Set.copyOf(changed);
        changed.removeAll(topics);
        try {
            afterChange(topics);
            afterTime();
            return redecisions.step();
        } catch (RuntimeException e) {
            // It is done anew when the neighbour that failed answers again.
            changed.addAll(topics);
            throw e;
        }
    }

    private void afterChange(Set<String> topics) throws InterruptedException {
        if (topics.contains(Topics.ALERT_ACTIONS.name())) {
            actions.run();
        }
        resettling.afterChange(topics);
        if (topics.contains(Topics.LINEAGE_REPORTS.name())) {
            descendants.run();
            quarantines.noteReports();
        }
        if (topics.contains(Topics.QUARANTINED_MODELS.name())) {
            quarantines.forget();
        }
        quarantines.run();
        if (topics.contains(Topics.POLICY_APPLICATIONS.name())) {
            applications.run();
        }
    }

    private void afterTime() throws InterruptedException {
        if (System.nanoTime() - nextTick < 0) {
            return;
        }
        nextTick = System.nanoTime() + TICK.toNanos();
        policy.refresh();
        history.run();
        resettling.afterTime();
    }

    /** How far everything has come, to be kept with the offsets. */
    Bookmark bookmark() {
        Map<Integer, Long> positions = descendants.positions();
        return new Bookmark(applications.done(), positions);
    }
}
