package dev.forebear.ingest.completion;

import dev.forebear.schemas.wire.ObjectChanged;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The folders of the partitions that this process has: those that wait, and as many of the others as fit. Used by one
 * thread.
 */
final class PendingModels {

    private final int maxFiles;
    private final Map<Key, PendingModel> waiting = new LinkedHashMap<>();
    private final Map<Key, PendingModel> told = new LinkedHashMap<>();
    private int files;

    PendingModels(int maxFiles) {
        this.maxFiles = maxFiles;
    }

    /** Two registries may look at one bucket. */
    private record Key(String registry, String folder) {

        static Key of(ObjectChanged change) {
            return new Key(change.getRegistry(), change.getFolder());
        }
    }

    /** Takes a change in; see {@link PendingModel#apply}. */
    void apply(
            TopicPartition partition,
            ObjectChanged change,
            long offset,
            Instant at,
            boolean wasTold,
            @Nullable String trace) {
        Key key = Key.of(change);
        PendingModel model = waiting.getOrDefault(key, told.get(key));
        if (model == null) {
            if (WeightFile.of(change.getPath()).isEmpty()) {
                return;
            }
            model = new PendingModel(partition, change, at);
        }
        files -= model.size();
        model.apply(change, offset, at, wasTold, trace);
        files += model.size();
        waiting.remove(key);
        told.remove(key);
        (model.waitsFrom() == null ? told : waiting).put(key, model);
        forgetTold();
    }

    private void forgetTold() {
        var oldestFirst = told.values().iterator();
        while (files > maxFiles && oldestFirst.hasNext()) {
            files -= oldestFirst.next().size();
            oldestFirst.remove();
        }
    }

    /** The one that waits longest when there is no place for so many; it has to be told as it is. */
    Optional<PendingModel> oneTooMany() {
        return files > maxFiles ? waiting.values().stream().findFirst() : Optional.empty();
    }

    /** Those that wait; a copy. */
    List<PendingModel> waiting() {
        return List.copyOf(waiting.values());
    }

    /** Notes that everybody knows now what is in a folder. */
    void told(PendingModel model) {
        Key key = Key.of(model.last());
        model.told();
        waiting.remove(key);
        told.put(key, model);
        forgetTold();
    }

    /** Offsets of the oldest waiting changes of the folders of a partition. */
    List<Long> waiting(TopicPartition partition) {
        return waiting.values().stream()
                .filter(model -> model.partition().equals(partition))
                .flatMap(model -> Stream.ofNullable(model.waitsFrom()))
                .toList();
    }

    /** Forgets partitions that another process has now. */
    void forget(Collection<TopicPartition> partitions) {
        waiting.values().removeIf(model -> partitions.contains(model.partition()));
        told.values().removeIf(model -> partitions.contains(model.partition()));
        files = waiting.values().stream().mapToInt(PendingModel::size).sum()
                + told.values().stream().mapToInt(PendingModel::size).sum();
    }
}
