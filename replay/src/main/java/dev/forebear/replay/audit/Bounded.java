package dev.forebear.replay.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The first so many of some things, and how many there are. Not thread-safe. */
final class Bounded<T> {

    private final int limit;
    private final List<T> first = new ArrayList<>();
    private long total;

    Bounded(int limit) {
        this.limit = limit;
    }

    void add(T one) {
        if (first.size() < limit) {
            first.add(one);
        }
        total++;
    }

    List<T> first() {
        return Collections.unmodifiableList(first);
    }

    long total() {
        return total;
    }
}
