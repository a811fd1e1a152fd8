package dev.forebear.ingest.sender;

import dev.forebear.ingest.announcement.Announcement;
import dev.forebear.ingest.announcement.ModelUpload;
import dev.forebear.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What follows from a webhook. Reasons are words for counting, few and fixed; messages are one line for people. */
public sealed interface Outcome {

    /**
     * What to publish.
     *
     * @param announcements at least one
     * @param putAside events of the same request that could not be used; mostly none
     */
    record Accepted(List<Announcement> announcements, List<PutAside> putAside) implements Outcome {

        public Accepted {
            if (announcements.isEmpty()) {
                throw new IllegalArgumentException("an accepted webhook announces at least one thing");
            }
            announcements = List.copyOf(announcements);
            putAside = List.copyOf(putAside);
        }

        static Accepted of(Announcement announcement) {
            return new Accepted(List.of(announcement), List.of());
        }

        /** Those that are uploads. */
        public List<ModelUpload> uploads() {
            return announcements.stream()
                    .filter(ModelUpload.class::isInstance)
                    .map(ModelUpload.class::cast)
                    .toList();
        }
    }

    /** Something is new, but not what: the registry is to be asked what it holds. Answered 2xx once that is noted. */
    record ToBeListed(String reason) implements Outcome {}

    /** The registry asks whether its announcements are welcome: answered 200 with these members. */
    record Confirmed(Map<String, String> reply) implements Outcome {

        public Confirmed {
            reply = Map.copyOf(reply);
        }
    }

    /** Authenticated and understood, but it announces no weights: answered 2xx and counted. */
    record Ignored(String reason) implements Outcome {}

    /** Authenticated, but of no use as it is: answered 2xx and kept as a dead letter with its bytes. */
    record PutAside(DeadLetterReason reason, String message) implements Outcome {}

    /** Not believed, or not this registry's format: answered with the status. */
    record Rejected(int status, String reason, String message) implements Outcome {}

    /** The outcome of a request that holds several events: one that cannot be used leaves the others alone. */
    static <E> Outcome ofEach(List<E> events, Function<E, Outcome> reading) {
        if (events.size() == 1) {
            return reading.apply(events.getFirst());
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (E event : events) {
            try {
                outcomes.add(reading.apply(event));
            } catch (NotUnderstoodException e) {
                outcomes.add(e.putAside());
            }
        }
        return ofAll(outcomes);
    }

    private static Outcome ofAll(List<Outcome> outcomes) {
        List<Announcement> announcements = new ArrayList<>();
        List<PutAside> putAside = new ArrayList<>();
        List<ToBeListed> toBeListed = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Accepted accepted -> {
                    announcements.addAll(accepted.announcements());
                    putAside.addAll(accepted.putAside());
                }
                case PutAside useless -> putAside.add(useless);
                case ToBeListed listed -> toBeListed.add(listed);
                case Ignored ignored -> {}
                case Confirmed confirmed -> {
                    return confirmed;
                }
                case Rejected rejected -> {
                    return rejected;
                }
            }
        }
        if (!announcements.isEmpty()) {
            return new Accepted(announcements, putAside);
        }
        if (!toBeListed.isEmpty()) {
            return toBeListed.getFirst();
        }
        if (!putAside.isEmpty()) {
            return putAside.getFirst();
        }
        return outcomes.isEmpty() ? new Ignored("no-events") : outcomes.getFirst();
    }
}
