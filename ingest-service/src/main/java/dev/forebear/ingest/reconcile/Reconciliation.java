package dev.forebear.ingest.reconcile;

import dev.forebear.ingest.listing.Listing;
import dev.forebear.ingest.listing.Relisting;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.reconcile.Bookmark.Mode;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.ingest.registration.RegistryApi;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lists every registry that can be asked what it holds, for what no event announced; and, when somebody wants it, for
 * what was there before. Several processes share the registries. Thread-safe.
 */
public final class Reconciliation implements Relisting, AutoCloseable {

    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    private final ResourceStack resources = new ResourceStack();
    private final Map<String, RegistryPoller> pollers = new HashMap<>();
    private final Publisher publisher;
    private final InstantSource clock;
    private final @Nullable ListingTopics topics;

    /**
     * Starts; returns at once.
     *
     * @param registrations those without an API are left out
     * @param registry stays the caller's to close, as does the publisher
     * @param listings begins a listing; the clock that it is given stands for times that a registry does not tell
     */
    public Reconciliation(
            List<Registration> registrations,
            ReconcileConfig config,
            KafkaConfig kafka,
            SchemaRegistryClient registry,
            Publisher publisher,
            BiFunction<Registration, InstantSource, Listing> listings,
            InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
        List<Registration> askable = registrations.stream()
                .filter(registration -> registration.api() != null)
                .toList();
        if (askable.isEmpty()) {
            this.topics = null;
            return;
        }
        var known = resources.add(new ListingTopics(kafka, registry));
        this.topics = known;
        var turns = resources.add(new ListingTurns(kafka));
        // What has no time of its own is not younger than the grace.
        InstantSource untold = () -> clock.instant().minus(config.grace());
        for (Registration registration : askable) {
            RegistryApi api = Objects.requireNonNull(registration.api());
            for (ListingPurpose purpose : ListingPurpose.values()) {
                var poller = resources.add(new RegistryPoller(
                        registration,
                        new ListingSchedule(registration.alias(), purpose, api.every(), config.overlap()),
                        () -> listings.apply(registration, untold),
                        turns,
                        known,
                        new Findings(registration, config, known.known(), publisher),
                        publisher,
                        clock));
                pollers.put(ListingSchedule.key(registration.alias(), purpose), poller);
            }
        }
    }

    @Override
    public void soon(String alias) {
        RegistryPoller poller = pollers.get(ListingSchedule.key(alias, ListingPurpose.RECONCILIATION));
        if (poller != null) {
            poller.soon();
        }
    }

    /** Whether a registry can be asked what it holds. */
    public boolean canList(String alias) {
        return pollers.containsKey(ListingSchedule.key(alias, ListingPurpose.BACKFILL));
    }

    /**
     * Has everything listed that a registry holds; one that goes on already is left alone. Whoever's turn it is does
     * it.
     *
     * @param counting whether nothing is to be published
     * @return what goes on now
     */
    public ListingProgress backfill(String alias, boolean counting) throws NotStoredException, InterruptedException {
        if (topics == null || !topics.catchUp(CATCH_UP)) {
            throw new NotStoredException("what was announced could not be read", null);
        }
        Optional<ListingProgress> last = backfill(alias);
        if (last.isPresent() && last.get().getCompletedAt() == null) {
            return last.get();
        }
        var at = new Bookmark(null, null, counting ? Mode.COUNTING : Mode.USUAL, null);
        var begun = ListingSchedule.beginning(alias, ListingPurpose.BACKFILL, at, clock.instant());
        Publisher.await(List.of(publisher.send(begun)));
        return begun;
    }

    /** How far the last backfill of a registry is. */
    public Optional<ListingProgress> backfill(String alias) {
        return topics == null ? Optional.empty() : topics.progress(ListingSchedule.key(alias, ListingPurpose.BACKFILL));
    }

    /** Whether a listing only counts. */
    public static boolean isCounting(ListingProgress progress) {
        return Bookmark.parse(progress.getPosition()).isCounting();
    }

    @Override
    public void close() {
        resources.close();
    }
}
