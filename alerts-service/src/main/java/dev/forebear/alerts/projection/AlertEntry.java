package dev.forebear.alerts.projection;

import dev.forebear.schemas.wire.AlertDelivery;
import dev.forebear.schemas.wire.AlertState;
import dev.forebear.schemas.wire.DeliveryOutcome;
import dev.forebear.schemas.wire.LineageAlert;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An alert, whom it is owed to, and what became of that. Immutable.
 *
 * @param owed channels that the present state is owed to, and since when
 * @param partition of the alert's topic
 * @param offset of the alert's latest record
 * @param deliveries the latest attempts, newest first, at most {@value #MAX_DELIVERIES}
 * @param told how far each channel has come with each state; never cut short, it decides what is sent
 */
public record AlertEntry(
        LineageAlert alert,
        Owed owed,
        int partition,
        long offset,
        List<AlertDelivery> deliveries,
        Map<Told, Attempts> told) {

    static final int MAX_DELIVERIES = 40;

    public AlertEntry {
        deliveries = List.copyOf(deliveries);
        told = Map.copyOf(told);
    }

    public static AlertEntry of(LineageAlert alert, Owed owed, int partition, long offset) {
        return new AlertEntry(alert, owed, partition, offset, List.of(), Map.of());
    }

    /** A channel and a state that it is told. */
    public record Told(String channel, AlertState state) {}

    /**
     * Attempts to tell one channel one state.
     *
     * @param firstAt when the first was made
     * @param last the latest
     */
    public record Attempts(Instant firstAt, AlertDelivery last) {}

    /** Whether nothing more will be sent to the channel about the state. */
    public boolean isSettled(String channel, AlertState state) {
        Attempts attempts = attempts(channel, state);
        return attempts != null && attempts.last().getOutcome() != DeliveryOutcome.RETRYING;
    }

    /** Whether the channel accepted the state. */
    public boolean wasTold(String channel, AlertState state) {
        Attempts attempts = attempts(channel, state);
        return attempts != null && attempts.last().getOutcome() == DeliveryOutcome.DELIVERED;
    }

    /** Attempts to tell the channel the state; null when there was none. */
    public @Nullable Attempts attempts(String channel, AlertState state) {
        return told.get(new Told(channel, state));
    }

    AlertEntry with(AlertEntry newer) {
        return new AlertEntry(newer.alert, newer.owed, newer.partition, newer.offset, deliveries, told);
    }

    AlertEntry with(AlertDelivery delivery) {
        if (deliveries.contains(delivery)) {
            return this;
        }
        var key = new Told(delivery.getChannel(), delivery.getState());
        Attempts before = told.get(key);
        Map<Told, Attempts> after = new HashMap<>(told);
        // A settled delivery stays settled, whatever a process that was thought dead still writes.
        if (before == null || before.last().getOutcome() == DeliveryOutcome.RETRYING) {
            after.put(key, new Attempts(before == null ? delivery.getAt() : before.firstAt(), delivery));
        }
        List<AlertDelivery> latest = Stream.concat(Stream.of(delivery), deliveries.stream())
                .limit(MAX_DELIVERIES)
                .toList();
        return new AlertEntry(alert, owed, partition, offset, latest, after);
    }
}
