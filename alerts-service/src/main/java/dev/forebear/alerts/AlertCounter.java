package dev.forebear.alerts;

import dev.forebear.alerts.readmodel.Words;
import dev.forebear.schemas.wire.LineageAlert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** Counts alerts that are written: opened, changed or resolved. */
final class AlertCounter {

    private final MeterRegistry meters;

    AlertCounter(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Collection<LineageAlert> alerts) {
        for (LineageAlert alert : alerts) {
            Counter.builder("forebear.alerts.written")
                    .tag("rule", alert.getRule())
                    .tag("state", Words.of(alert.getState()))
                    .tag("severity", Words.of(alert.getSeverity()))
                    .description("Alerts written: opened, changed or resolved")
                    .register(meters)
                    .increment();
        }
    }
}
