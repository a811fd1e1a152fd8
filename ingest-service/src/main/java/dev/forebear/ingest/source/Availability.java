package dev.forebear.ingest.source;

import dev.forebear.runtime.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a source answers: the meter {@code forebear.source.available}, and one line of the log for every change. It
 * is the registry's, so it does not make this service unhealthy.
 */
final class Availability {

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);

    private final EventSource source;
    private final AtomicInteger available;
    private boolean told;

    Availability(EventSource source, Metrics metrics) {
        this.source = source;
        var tags = Tags.of("alias", source.alias(), "source", source.word());
        this.available = metrics.registry().gauge("forebear.source.available", tags, new AtomicInteger());
    }

    void there() {
        if (available.getAndSet(1) == 0) {
            told = false;
            LOG.atInfo()
                    .addKeyValue("alias", source.alias())
                    .addKeyValue("source", source.word())
                    .log("events are fetched");
        }
    }

    void away(Exception cause) {
        available.set(0);
        if (!told) {
            told = true;
            LOG.atWarn()
                    .addKeyValue("alias", source.alias())
                    .addKeyValue("source", source.word())
                    .setCause(cause)
                    .log("events cannot be fetched; trying on");
        }
    }
}
