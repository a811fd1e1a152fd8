package dev.forebear.schemas;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic may keep its records at an operator's choice. Less would lose work that goes on, or repeat what was
 * told; more of what holds fingerprints would break what an erasure promises.
 *
 * @param most null for without limit
 */
public record RetentionRange(Duration least, @Nullable Duration most) {

    private static final Map<Topic<?>, RetentionRange> BY_TOPIC = Map.of(
            Topics.OBJECT_CHANGES, range(Duration.ofDays(1), Duration.ofDays(90)),
            Topics.LINEAGE_QUERIES, range(Duration.ofHours(1), Duration.ofDays(7)),
            Topics.LINEAGE_CANDIDATES, range(Duration.ofHours(1), Duration.ofDays(7)),
            Topics.CONFIRMATION_REQUESTS, range(Duration.ofDays(1), Duration.ofDays(30)),
            Topics.CONFIRMATIONS, range(Duration.ofDays(1), Duration.ofDays(30)),
            Topics.ALERT_DELIVERIES, range(Duration.ofDays(90), null),
            Topics.REPLAYED_REPORTS, range(Duration.ofDays(1), null),
            Topics.DEAD_LETTERS, range(Duration.ofDays(1), null));

    private static RetentionRange range(Duration least, @Nullable Duration most) {
        return new RetentionRange(least, most);
    }

    /** Null when it is not the operator's choice: the topic keeps everything, or the last word on everything. */
    public static @Nullable RetentionRange of(Topic<?> topic) {
        return BY_TOPIC.get(topic);
    }

    boolean holds(Duration retention) {
        return retention.compareTo(least) >= 0 && (most == null || retention.compareTo(most) <= 0);
    }

    /** For example "1 h to 7 d", or "at least 90 d". */
    @Override
    public String toString() {
        return most == null ? "at least " + words(least) : words(least) + " to " + words(most);
    }

    static String words(Duration time) {
        return time.toDaysPart() > 0 && time.toHoursPart() == 0 ? time.toDays() + " d" : time.toHours() + " h";
    }
}
