package dev.forebear.ingest.sender;

import dev.forebear.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What follows from a webhook. Reasons are words for counting, few and fixed; messages are one line for people. */
public sealed interface Outcome {

    /**
     * Uploads to publish.
     *
     * @param uploads at least one
     * @param putAside events of the same request that could not be used; mostly none
     */
    record Accepted(List<ModelUpload> uploads, List<PutAside> putAside) implements Outcome {

        public Accepted {
            if (uploads.isEmpty()) {
                throw new IllegalArgumentException("an accepted webhook announces at least one upload");
            }
            uploads = List.copyOf(uploads);
            putAside = List.copyOf(putAside);
        }

        static Accepted of(ModelUpload upload) {
            return new Accepted(List.of(upload), List.of());
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
        List<ModelUpload> uploads = new ArrayList<>();
        List<PutAside> putAside = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            switch (outcome) {
                case Accepted accepted -> {
                    uploads.addAll(accepted.uploads());
                    putAside.addAll(accepted.putAside());
                }
                case PutAside useless -> putAside.add(useless);
                case Ignored ignored -> {}
                case Rejected rejected -> {
                    return rejected;
                }
            }
        }
        if (!uploads.isEmpty()) {
            return new Accepted(uploads, putAside);
        }
        if (!putAside.isEmpty()) {
            return putAside.getFirst();
        }
        return outcomes.isEmpty() ? new Ignored("no-events") : outcomes.getFirst();
    }
}
