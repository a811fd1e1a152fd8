package dev.forebear.ingest.reconcile;

import dev.forebear.ingest.listing.Listing;
import dev.forebear.ingest.listing.RegistryBusyException;
import dev.forebear.ingest.publication.NotStoredException;
import dev.forebear.ingest.publication.Publisher;
import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.wire.ListingProgress;
import dev.forebear.schemas.wire.ListingPurpose;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists one registry for one purpose whenever it is due and this process' turn, on a thread of its own. After every
 * page it writes how far it is, so that a listing which is interrupted goes on with the next page, here or elsewhere.
 */
final class RegistryPoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryPoller.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration CATCH_UP = Duration.ofMinutes(2);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 16;

    private final Registration registration;
    private final ListingSchedule schedule;
    private final Supplier<Listing> listings;
    private final ListingTurns turns;
    private final ListingTopics topics;
    private final Findings findings;
    private final Publisher publisher;
    private final InstantSource clock;
    private final Semaphore wishes = new Semaphore(0);
    private final Thread thread;
    private Instant notBefore = Instant.EPOCH;
    private int failures;
    private volatile boolean open = true;

    RegistryPoller(
            Registration registration,
            ListingSchedule schedule,
            Supplier<Listing> listings,
            ListingTurns turns,
            ListingTopics topics,
            Findings findings,
            Publisher publisher,
            InstantSource clock) {
        this.registration = registration;
        this.schedule = schedule;
        this.listings = listings;
        this.turns = turns;
        this.topics = topics;
        this.findings = findings;
        this.publisher = publisher;
        this.clock = clock;
        this.thread = Thread.ofVirtual()
                .name("list-" + registration.alias() + "-" + schedule.purpose())
                .start(this::run);
    }

    /** Lists before it is due. */
    void soon() {
        wishes.release();
    }

    private void run() {
        try {
            while (open) {
                boolean wished = wishes.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                wishes.drainPermits();
                if (turns.isMine(schedule.key())) {
                    step(wished);
                } else if (wished && schedule.purpose() == ListingPurpose.RECONCILIATION) {
                    visit();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("listing stopped");
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("alias", registration.alias())
                    .log("the registry is not listed any more");
        }
    }

    private void step(boolean wished) throws InterruptedException {
        if (clock.instant().isBefore(notBefore) || !topics.catchUp(CATCH_UP)) {
            return;
        }
        Optional<ListingProgress> due =
                schedule.due(topics.progress(schedule.key()).orElse(null), wished, clock.instant());
        if (due.isPresent()) {
            list(due.get());
        }
    }

    private void list(ListingProgress from) throws InterruptedException {
        ListingProgress progress = from;
        try (Listing listing = listings.get()) {
            while (progress.getCompletedAt() == null && open && turns.isMine(schedule.key())) {
                progress = page(listing, progress);
                Publisher.await(List.of(publisher.send(progress)));
                failures = 0;
            }
            log(progress);
        } catch (RuntimeException e) {
            // Whatever one answer of one registry led to, the next may be another.
            LOG.atError().setCause(e).addKeyValue("alias", registration.alias()).log("listing failed");
            notBefore = clock.instant().plus(pause(null));
            tellProblem(
                    progress,
                    registration.alias() + ": internal error, found "
                            + e.getClass().getSimpleName());
        } catch (IOException e) {
            notBefore = clock.instant().plus(pause(e));
            tellProblem(progress, String.valueOf(e.getMessage()));
        } catch (NotStoredException e) {
            notBefore = clock.instant().plus(pause(null));
            LOG.atWarn()
                    .addKeyValue("alias", registration.alias())
                    .addKeyValue("problem", e.getMessage())
                    .log("listing waits for the broker");
        }
    }

    private ListingProgress page(Listing listing, ListingProgress progress)
            throws IOException, NotStoredException, InterruptedException {
        Bookmark at = Bookmark.parse(progress.getPosition());
        Listing.Page page = listing.page(at.page(), at.since());
        page.skipped()
                .forEach(line -> LOG.atInfo()
                        .addKeyValue("alias", registration.alias())
                        .addKeyValue("entry", line)
                        .log("entry of a listing skipped"));
        // What was announced while the page was on its way is known then.
        if (!topics.catchUp(CATCH_UP)) {
            throw new NotStoredException("the topics could not be read", null);
        }
        Instant now = clock.instant();
        int published = findings.publish(page.found(), at, now);
        return schedule.after(progress, page, published, now);
    }

    /** Somebody else's turn, but this process was told: a short listing that nobody goes on with. */
    private void visit() throws InterruptedException {
        ListingProgress progress = schedule.beginning(null, Bookmark.Mode.WISHED, clock.instant());
        try (Listing listing = listings.get()) {
            while (progress.getCompletedAt() == null && open) {
                progress = page(listing, progress);
            }
            log(progress);
        } catch (IOException | NotStoredException | RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("alias", registration.alias())
                    .addKeyValue("problem", e.getMessage())
                    .log("wished listing ended early, the next one finds the rest");
        }
    }

    private Duration pause(@Nullable IOException failure) {
        long doubled = FIRST_BACKOFF.toMillis() << Math.min(failures++, MAX_DOUBLINGS);
        double jitter = 0.5 + RandomGenerator.getDefault().nextDouble();
        Duration backoff = Duration.ofMillis((long) (Math.min(doubled, LONGEST_BACKOFF.toMillis()) * jitter));
        Duration asked = failure instanceof RegistryBusyException busy ? busy.pause() : Duration.ZERO;
        Duration longer = asked.compareTo(backoff) > 0 ? asked : backoff;
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private void tellProblem(ListingProgress progress, String problem) {
        LOG.atWarn()
                .addKeyValue("alias", registration.alias())
                .addKeyValue("problem", problem)
                .log("registry could not be listed");
        try {
            ListingProgress told = ListingProgress.newBuilder(progress)
                    .setProblem(problem)
                    .setUpdatedAt(clock.instant())
                    .build();
            Publisher.await(List.of(publisher.send(told)));
        } catch (NotStoredException e) {
            LOG.atDebug().setCause(e).log("the problem could not be told");
        }
    }

    private static void log(ListingProgress progress) {
        LOG.atInfo()
                .addKeyValue("alias", progress.getRegistry())
                .addKeyValue("purpose", progress.getPurpose())
                .addKeyValue("listed", progress.getListed())
                .addKeyValue("published", progress.getPublished())
                .addKeyValue("complete", progress.getCompletedAt() != null)
                .log("registry listed");
    }

    /** Stops in the middle of a page, if need be: whoever goes on does that page again. */
    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
