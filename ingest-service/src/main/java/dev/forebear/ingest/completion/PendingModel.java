package dev.forebear.ingest.completion;

import dev.forebear.schemas.wire.ObjectChangeKind;
import dev.forebear.schemas.wire.ObjectChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One folder: the weights in it, and which of them nobody was told of yet. Used by one thread. */
final class PendingModel {

    private final TopicPartition partition;
    private final Map<String, FolderFile> present = new HashMap<>();
    private final Map<String, Instant> removed = new HashMap<>();
    private final Set<String> untold = new HashSet<>();
    private ObjectChanged last;
    private Instant changedAt;
    private Instant weightsChangedAt;
    private boolean known;
    private @Nullable Long waitsFrom;
    private @Nullable String traceParent;

    /** @param first change of the folder that is known; it still has to be applied */
    PendingModel(TopicPartition partition, ObjectChanged first, Instant at) {
        this.partition = partition;
        this.last = first;
        this.changedAt = at;
        this.weightsChangedAt = at;
        // What is removed without having been written was there before anything that is remembered.
        this.known = first.getChange() == ObjectChangeKind.REMOVED;
    }

    /** What is to be done about a folder. */
    enum Readiness {
        /** Everybody knows of it. */
        TOLD,
        /** More may come. */
        WAITS,
        /** The weights are all there. */
        COMPLETE,
        /** The weights are not all there, and nothing came for long. */
        QUIET,
        /** The weights are gone, of which somebody knows. */
        GONE,
        /** The weights are gone before anybody was told of them. */
        VANISHED
    }

    /**
     * Takes a change in.
     *
     * @param offset of its record
     * @param at when the broker took it
     * @param told whether what follows from it was published before; never so while an older change waits
     */
    void apply(ObjectChanged change, long offset, Instant at, boolean told, @Nullable String trace) {
        changedAt = later(at, changedAt);
        WeightFile part = WeightFile.of(change.getPath()).orElse(null);
        if (part == null || !changes(change)) {
            return;
        }
        weightsChangedAt = later(at, weightsChangedAt);
        last = change;
        traceParent = trace;
        if (change.getChange() == ObjectChangeKind.REMOVED) {
            present.remove(change.getPath());
            removed.put(change.getPath(), change.getChangedAt());
        } else {
            removed.remove(change.getPath());
            present.put(change.getPath(), file(change, part));
        }
        if (told && waitsFrom == null) {
            known = !present.isEmpty();
        } else {
            untold.add(change.getPath());
            waitsFrom = waitsFrom == null ? Long.valueOf(offset) : waitsFrom;
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    // Stores repeat events and overtake themselves.
    private boolean changes(ObjectChanged change) {
        FolderFile known = present.get(change.getPath());
        Instant gone = removed.get(change.getPath());
        return switch (change.getChange()) {
            case WRITTEN ->
                (known == null
                                || !known.tag().equals(tag(change))
                                        && !change.getChangedAt().isBefore(known.changedAt()))
                        && (gone == null || !change.getChangedAt().isBefore(gone));
            case REMOVED ->
                gone == null && (known == null || !change.getChangedAt().isBefore(known.changedAt()));
            case OTHER -> false;
        };
    }

    private static FolderFile file(ObjectChanged change, WeightFile part) {
        return new FolderFile(
                change.getPath(), part, tag(change), change.getSha256(), change.getSize(), change.getChangedAt());
    }

    private static String tag(ObjectChanged change) {
        String tag = change.getContentTag();
        return tag == null ? change.getChangedAt().toString() : tag;
    }

    /** What is to be done about it at a moment. */
    Readiness readiness(Instant now, Duration settle, Duration quiet) {
        if (waitsFrom == null) {
            return Readiness.TOLD;
        }
        // Files that are no weights may be written all the time: they delay, but not for ever.
        boolean quietLong = !now.isBefore(weightsChangedAt.plus(quiet));
        if (now.isBefore(changedAt.plus(settle)) && !quietLong) {
            return Readiness.WAITS;
        }
        if (present.isEmpty()) {
            return known ? Readiness.GONE : Readiness.VANISHED;
        }
        if (isComplete()) {
            return Readiness.COMPLETE;
        }
        return quietLong ? Readiness.QUIET : Readiness.WAITS;
    }

    // Shards that are written over one after another are all there all the time: only new ones count.
    private boolean isComplete() {
        Collection<FolderFile> fresh = present.values().stream()
                .filter(file -> untold.contains(file.path()))
                .toList();
        return FolderWeights.of(fresh).isComplete() && weights().isComplete();
    }

    /** Notes that what is in the folder now was published. */
    void told() {
        untold.clear();
        waitsFrom = null;
        known = !present.isEmpty();
    }

    FolderWeights weights() {
        return FolderWeights.of(present.values());
    }

    /** The last change of weights, which says whose folder it is. */
    ObjectChanged last() {
        return last;
    }

    @Nullable
    String traceParent() {
        return traceParent;
    }

    TopicPartition partition() {
        return partition;
    }

    /** Offset of the oldest change that still waits; null when none does. */
    @Nullable
    Long waitsFrom() {
        return waitsFrom;
    }

    /** Files that are remembered. */
    int size() {
        return present.size() + removed.size();
    }
}
