package dev.forebear.ingest;

import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Sender;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.ingest.source.Intake;
import dev.forebear.schemas.wire.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Handles fetched events as posted ones are, but asks for no proof: nobody else can write where they were fetched. */
final class FetchedEvents implements Intake {

    private final Map<String, Sender> senders;
    private final Reception reception;
    private final Bookkeeping books;

    FetchedEvents(List<Registration> registrations, Reception reception, Bookkeeping books) {
        this.senders = registrations.stream()
                .filter(registration -> registration.sources().any())
                .collect(Collectors.toUnmodifiableMap(
                        Registration::alias, registration -> Sender.of(registration.believed())));
        this.reception = reception;
        this.books = books;
    }

    @Override
    public Duration take(String alias, Webhook event, Function<Outcome.PutAside, DeadLetter> letters)
            throws NotStoredException {
        long started = System.nanoTime();
        Sender sender = senders.get(alias);
        if (sender == null) {
            throw new IllegalArgumentException("no events are fetched for '" + alias + "'");
        }
        try {
            Reception.Answer answer = reception.fetched(sender, event, letters::apply);
            if (answer instanceof Reception.Answer.TooMany(Duration retryAfter)) {
                return retryAfter;
            }
            books.settled(alias, answer, event, started);
            return Duration.ZERO;
        } catch (NotStoredException e) {
            books.count(alias, "unavailable", "not-stored", started);
            throw e;
        }
    }
}
