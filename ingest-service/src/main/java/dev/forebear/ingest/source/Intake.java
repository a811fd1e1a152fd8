package dev.forebear.ingest.source;

import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.sender.Outcome;
import dev.forebear.ingest.sender.Webhook;
import dev.forebear.schemas.wire.DeadLetter;
import java.time.Duration;
import java.util.function.Function;

/** Takes events that were fetched to where those go that were posted. */
public interface Intake {

    /**
     * Returns when the broker has what follows from an event.
     *
     * @param alias of the registry
     * @param event in the form that the registry would have posted
     * @param letters makes the dead letter of an event that is put aside
     * @return zero when it is settled; otherwise the registry announces more than it may, and this is how long to wait
     *     before the event is brought again
     * @throws NotStoredException when the broker did not acknowledge: the event is to be brought again
     */
    Duration take(String alias, Webhook event, Function<Outcome.PutAside, DeadLetter> letters)
            throws NotStoredException;
}
