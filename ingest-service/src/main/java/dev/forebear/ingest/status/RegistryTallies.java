package dev.forebear.ingest.status;

import dev.forebear.ingest.registration.Registration;
import dev.forebear.schemas.wire.RegistryStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process has seen of every registry, told when it has changed, and once a minute so that one can tell a
 * quiet registry from a dead process. The telling is done on one thread of its own: a broker that does not answer holds
 * up no webhook.
 */
public final class RegistryTallies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryTallies.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration HEARTBEAT = Duration.ofMinutes(1);

    private final String instance;
    private final InstantSource clock;
    private final Map<String, RegistryTally> tallies;
    private final RegistryTally strangers;
    private final Consumer<RegistryStatus> teller;
    /** Confined to the thread that tells. */
    private final Map<String, Told> told = new HashMap<>();

    private final ScheduledThreadPoolExecutor thread;

    private record Told(long revision, Instant at) {}

    /**
     * @param instance which process this is; the same after a restart
     * @param teller passes a state on; what it throws is logged
     */
    public RegistryTallies(
            List<Registration> registrations, String instance, InstantSource clock, Consumer<RegistryStatus> teller) {
        this(registrations, instance, clock, teller, INTERVAL);
    }

    /** @param interval in which changes are told */
    RegistryTallies(
            List<Registration> registrations,
            String instance,
            InstantSource clock,
            Consumer<RegistryStatus> teller,
            Duration interval) {
        Instant since = clock.instant();
        this.instance = instance;
        this.clock = clock;
        this.teller = teller;
        this.tallies = registrations.stream()
                .map(registration -> RegistryTally.of(registration, since))
                .collect(Collectors.toUnmodifiableMap(RegistryTally::alias, Function.identity()));
        this.strangers = RegistryTally.ofStrangers(since);
        this.thread = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("registry-status").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        thread.scheduleWithFixedDelay(this::tellChanged, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The tally of a connected registry. */
    public RegistryTally of(String alias) {
        RegistryTally tally = tallies.get(alias);
        if (tally == null) {
            throw new IllegalArgumentException("no registry is connected as '" + alias + "'");
        }
        return tally;
    }

    /** The tally of whatever comes under an alias that is not connected; told only when something came. */
    public RegistryTally strangers() {
        return strangers;
    }

    private void tellChanged() {
        Instant now = clock.instant();
        tallies.values().forEach(tally -> tellChanged(tally, now));
        if (strangers.revision() > 0) {
            tellChanged(strangers, now);
        }
    }

    private void tellChanged(RegistryTally tally, Instant now) {
        long revision = tally.revision();
        Told last = told.get(tally.alias());
        if (last == null
                || last.revision() != revision
                || !now.isBefore(last.at().plus(HEARTBEAT))) {
            try {
                teller.accept(tally.status(instance, now));
                told.put(tally.alias(), new Told(revision, now));
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("alias", tally.alias())
                        .addKeyValue("problem", e.getMessage())
                        .log("could not tell how a registry does");
            }
        }
    }

    /** Tells what has changed since, and ends. */
    @Override
    public void close() {
        thread.execute(this::tellChanged);
        thread.shutdown();
        try {
            thread.awaitTermination(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}
