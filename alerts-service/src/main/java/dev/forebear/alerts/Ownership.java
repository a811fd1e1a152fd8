package dev.forebear.alerts;

import dev.forebear.schemas.Topics;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What this process decides on and sends, of all that run: the partitions of the reports that its consumer group gave
 * it. Reports lie in the partition of their model, so that one process alone decides on a model; a channel belongs to
 * whoever owns the partition of its name. Thread-safe.
 */
public final class Ownership {

    private final int all;
    private volatile Set<Integer> owned = Set.of();

    /** @param all partitions of the reports' topic */
    public Ownership(int all) {
        if (all < 1) {
            throw new IllegalArgumentException("partitions: expected 1 or more, found " + all);
        }
        this.all = all;
    }

    /** @param modelId {@code <registry>/<name>} */
    public boolean ownsModel(String modelId) {
        return owns(modelId);
    }

    /** @param name of the channel in the configuration */
    public boolean ownsChannel(String name) {
        return owns(name);
    }

    /** Whether something that exists once in a cluster is this process's, by its name. */
    boolean owns(String name) {
        return owned.contains(Topics.partition(name, all));
    }

    /** Partitions that are owned now. */
    Set<Integer> partitions() {
        return owned;
    }

    /** Takes over; the read model has caught up with what the former owners wrote. */
    void take(Collection<Integer> partitions) {
        var more = new TreeSet<>(owned);
        more.addAll(partitions);
        owned = Set.copyOf(more);
    }

    /** Somebody else owns these, now or soon. */
    void leave(Collection<Integer> partitions) {
        var fewer = new TreeSet<>(owned);
        fewer.removeAll(partitions);
        owned = Set.copyOf(fewer);
    }
}
