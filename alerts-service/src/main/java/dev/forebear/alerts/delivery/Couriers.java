package dev.forebear.alerts.delivery;

import dev.forebear.alerts.projection.AlertEntry;
import dev.forebear.alerts.projection.Owed;
import dev.forebear.alerts.projection.Projection;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.LineageAlert;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Delivers the alerts of some partitions of the reports: those that this process was given. Thread-safe.
 *
 * <p>A delivery is at most one per alert, channel and state. Whoever is given a partition takes over what is still owed
 * in it, after its projection has read everything that the former owner wrote.
 */
public final class Couriers implements AutoCloseable {

    /**
     * The delivery log is kept for 90 days; what was owed before could be told twice. Nobody waits that long for an
     * alert anyway.
     */
    static final Duration HORIZON = Duration.ofDays(30);

    private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(20);

    private final Projection projection;
    private final List<Courier> couriers;
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

    /** @param page address of the dashboard, which messages link to */
    public Couriers(
            List<Channel> channels,
            URI page,
            Projection projection,
            DeliveryLog log,
            RetryPolicy retry,
            MeterRegistry meters) {
        this.projection = projection;
        this.couriers = channels.stream()
                .map(channel -> new Courier(channel, page, projection, this::isOurs, log, retry, meters))
                .toList();
    }

    /** Whom a new state of an alert is owed to. */
    public Owed owed(LineageAlert alert) {
        Set<String> channels = couriers.stream()
                .map(Courier::channel)
                .filter(channel ->
                        tellsAnything(alert.getState()) && channel.audience().includes(alert))
                .map(Channel::name)
                .collect(Collectors.toSet());
        return new Owed(channels, alert.getUpdatedAt());
    }

    /** Tells the present state of an alert to whom it is owed. */
    public void deliver(AlertEntry entry) {
        for (Courier courier : couriers) {
            String name = courier.channel().name();
            if (entry.owed().channels().contains(name)
                    && !entry.isSettled(name, entry.alert().getState())) {
                courier.offer(entry);
            }
        }
    }

    /** Takes over partitions of the reports and all that is still owed in them. */
    public void takeOver(Collection<Integer> taken) {
        partitions.addAll(taken);
        Instant horizon = Instant.now().minus(HORIZON);
        projection.alertsOf(taken).stream()
                .filter(entry -> entry.owed().since().isAfter(horizon))
                .forEach(this::deliver);
    }

    /** Gives partitions back; attempts under way end first, so that the next owner knows of them. */
    public void giveBack(Collection<Integer> given) throws InterruptedException {
        partitions.removeAll(given);
        for (Courier courier : couriers) {
            courier.awaitQuiet(HANDOVER_PATIENCE);
        }
    }

    /** Partitions that were lost already: somebody else may own them. */
    public void lose(Collection<Integer> lost) {
        partitions.removeAll(lost);
    }

    private boolean isOurs(String modelVersionId) {
        return partitions.contains(projection.reportPartition(modelVersionId));
    }

    // What people do with alerts is known to those who do it.
    private static boolean tellsAnything(AlertState state) {
        return switch (state) {
            case OPEN, RESOLVED -> true;
            case ACKNOWLEDGED, SNOOZED -> false;
        };
    }

    @Override
    public void close() {
        couriers.forEach(Courier::close);
    }
}
