package dev.forebear.alerts.delivery;

import dev.forebear.schemas.wire.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * One state of one alert on its way to one channel.
 *
 * @param due not to be tried before
 */
record Errand(String alertId, AlertState state, Instant due) implements Delayed {

    Errand at(Instant later) {
        return new Errand(alertId, state, later);
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(Duration.between(Instant.now(), due));
    }

    @Override
    public int compareTo(Delayed other) {
        return other instanceof Errand errand
                ? due.compareTo(errand.due)
                : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
