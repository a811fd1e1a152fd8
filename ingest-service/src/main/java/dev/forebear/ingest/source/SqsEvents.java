package dev.forebear.ingest.source;

import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.registration.SqsSource;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.ingest.source.SqsQueue.Message;
import dev.forebear.schemas.DeadLetters;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events in a queue. A message is deleted when our broker has what follows from it; what is not comes again, from here
 * as long as this process lives, and from the queue once nobody has deleted it for a while.
 */
final class SqsEvents implements EventSource {

    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final String alias;
    private final SqsSource source;
    private final Intake intake;
    private final DeadLetters deadLetters;
    private final InstantSource clock;
    private final Deque<Message> received = new ArrayDeque<>();
    private @Nullable SqsQueue queue;
    private boolean answers;

    SqsEvents(String alias, SqsSource source, Intake intake, DeadLetters deadLetters, InstantSource clock) {
        this.alias = alias;
        this.source = source;
        this.intake = intake;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public String word() {
        return "sqs";
    }

    @Override
    public Duration fetch() throws IOException, NotStoredException, InterruptedException {
        SqsQueue connected = connected();
        if (received.isEmpty()) {
            receive(connected);
        }
        List<Message> done = new ArrayList<>();
        try {
            return takeIn(done);
        } finally {
            if (!done.isEmpty()) {
                connected.delete(done);
            }
        }
    }

    // At first, and after a failure, one and at once: several together may be more than an answer may hold, and whether
    // the queue answers at all is to be known soon.
    private void receive(SqsQueue connected) throws IOException, InterruptedException {
        boolean usual = answers;
        answers = false;
        received.addAll(connected.receive(usual ? SqsQueue.MOST : 1, usual));
        answers = true;
    }

    private Duration takeIn(List<Message> done) throws NotStoredException {
        while (!received.isEmpty()) {
            Message message = received.getFirst();
            Duration wait = intake.take(
                    alias,
                    new Webhook(HEADERS, message.body(), clock.instant()),
                    letter -> deadLetters.ofRequest(
                            source.url().toString(),
                            Map.of("message-id", message.id()),
                            message.body(),
                            letter.reason(),
                            letter.message()));
            if (wait.isPositive()) {
                return wait;
            }
            done.add(received.removeFirst());
        }
        return Duration.ZERO;
    }

    private SqsQueue connected() {
        SqsQueue known = queue;
        if (known == null) {
            known = new SqsQueue(alias, source, clock);
            queue = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (queue != null) {
            queue.close();
            queue = null;
        }
    }
}
