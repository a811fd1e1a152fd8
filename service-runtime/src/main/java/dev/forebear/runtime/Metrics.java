package dev.forebear.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** The meters of one service, in the form Prometheus reads; those of the JVM and the process are always there. */
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ResourceStack resources = new ResourceStack();

    /** @param service name of the service, the label {@code service} of every meter */
    public Metrics(String service) {
        registry.config().commonTags("service", service);
        resources.add(registry::close);
        JvmGcMetrics garbageCollection = resources.add(new JvmGcMetrics());
        List<MeterBinder> binders = List.of(
                new JvmMemoryMetrics(),
                garbageCollection,
                new JvmThreadMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
    }

    /** Where counters, gauges and timers are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters as Prometheus text. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        resources.close();
    }
}
