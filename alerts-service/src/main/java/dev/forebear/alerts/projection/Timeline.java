package dev.forebear.alerts.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values in the order of their times, the newest first, at most so many. Not thread-safe. */
final class Timeline<V> {

    private final int capacity;
    private final TreeMap<Moment, V> values = new TreeMap<>();
    private final Map<String, Moment> moments = new HashMap<>();

    Timeline(int capacity) {
        this.capacity = capacity;
    }

    /** Sets the value of an id, which moves to this time; lets the oldest go when there are too many. */
    void put(String id, Instant at, V value) {
        remove(id);
        var moment = new Moment(at, id);
        moments.put(id, moment);
        values.put(moment, value);
        if (values.size() > capacity) {
            moments.remove(values.pollLastEntry().getKey().id());
        }
    }

    void remove(String id) {
        Moment moment = moments.remove(id);
        if (moment != null) {
            values.remove(moment);
        }
    }

    int size() {
        return values.size();
    }

    Iterable<V> values() {
        return values.values();
    }

    /** At most {@code limit} values that follow the cursor, or the newest when it is null. */
    Page<V> page(@Nullable Cursor cursor, int limit) {
        Map<Moment, V> rest = cursor == null ? values : values.tailMap(new Moment(cursor.at(), cursor.id()), false);
        List<V> items = new ArrayList<>();
        Cursor last = null;
        for (Map.Entry<Moment, V> entry : rest.entrySet()) {
            if (items.size() == limit) {
                return new Page<>(items, last, values.size());
            }
            items.add(entry.getValue());
            last = new Cursor(entry.getKey().at(), entry.getKey().id());
        }
        return new Page<>(items, null, values.size());
    }

    private record Moment(Instant at, String id) implements Comparable<Moment> {

        private static final Comparator<Moment> NEWEST_FIRST =
                Comparator.comparing(Moment::at).reversed().thenComparing(Moment::id);

        @Override
        public int compareTo(Moment other) {
            return NEWEST_FIRST.compare(this, other);
        }
    }
}
