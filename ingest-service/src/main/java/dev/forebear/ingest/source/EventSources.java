package dev.forebear.ingest.source;

import dev.forebear.ingest.registration.Registration;
import dev.forebear.runtime.Metrics;
import dev.forebear.schemas.DeadLetters;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Fetches the events of all registries that write them somewhere, each on a thread of its own. */
public final class EventSources implements AutoCloseable {

    private final List<SourceThread> threads;

    private EventSources(List<SourceThread> threads) {
        this.threads = threads;
    }

    /**
     * Starts to fetch; returns at once, whether or not the sources answer.
     *
     * @param registrations those without a source are left out
     * @param clock by which events are received
     */
    public static EventSources start(
            List<Registration> registrations,
            Intake intake,
            DeadLetters deadLetters,
            InstantSource clock,
            Metrics metrics) {
        List<SourceThread> threads = new ArrayList<>();
        for (Registration registration : registrations) {
            String alias = registration.alias();
            var kafka = registration.sources().kafka();
            if (kafka != null) {
                threads.add(SourceThread.start(new KafkaEvents(alias, kafka, intake, deadLetters, clock), metrics));
            }
            var sqs = registration.sources().sqs();
            if (sqs != null) {
                threads.add(SourceThread.start(new SqsEvents(alias, sqs, intake, deadLetters, clock), metrics));
            }
        }
        return new EventSources(List.copyOf(threads));
    }

    /** Ends; what was fetched and is not done with is fetched again by the next one. */
    @Override
    public void close() {
        threads.forEach(SourceThread::end);
        try {
            for (SourceThread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
