package dev.forebear.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The events that were published a short while ago, so that a sender's retries do not publish them again. It is bounded
 * and forgets when the process ends: what slips through carries the same event id and is dropped downstream.
 */
final class RecentEvents {

    /** Longer than any sender's retries of one delivery, and than the window in which a signature is good. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    static final int MAX_EVENTS = 10_000;

    private final Map<String, Instant> publishedAt = new LinkedHashMap<>();

    /** Whether the event was published within the window. */
    synchronized boolean contains(String eventId, Instant now) {
        Instant at = publishedAt.get(eventId);
        return at != null && at.plus(WINDOW).isAfter(now);
    }

    /** Remembers an event whose record the broker acknowledged. */
    synchronized void add(String eventId, Instant now) {
        publishedAt.remove(eventId);
        publishedAt.put(eventId, now);
        Iterator<Instant> oldestFirst = publishedAt.values().iterator();
        while (oldestFirst.hasNext()) {
            boolean expired = !oldestFirst.next().plus(WINDOW).isAfter(now);
            if (!expired && publishedAt.size() <= MAX_EVENTS) {
                return;
            }
            oldestFirst.remove();
        }
    }
}
