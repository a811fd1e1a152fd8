package dev.forebear.alerts;

import dev.forebear.alerts.policy.Policy;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what holding everything that is known against a policy would change, before anybody does it. Nothing is
 * written. Thread-safe.
 */
public final class Counting {

    private final KafkaConfig kafka;
    private final SchemaRegistryClient schemas;
    private final ReadModel readModel;
    private final InstantSource clock;

    public Counting(KafkaConfig kafka, SchemaRegistryClient schemas, ReadModel readModel, InstantSource clock) {
        this.kafka = kafka;
        this.schemas = schemas;
        this.readModel = readModel;
        this.clock = clock;
    }

    /**
     * Begins to count and returns at once. Every latest report is read again: minutes for a million models.
     *
     * @param rule the only rule; null for all
     */
    public Count begin(Policy policy, @Nullable String rule) {
        var queries = readModel.queries();
        var decider = new Decider(() -> policy, (alert, named) -> Set.of(), readModel, clock);
        var count = new Count(decider, rule, new ReportTable(queries), new KnownAlerts(queries));
        Thread.ofPlatform().name("alerts-counting").daemon().start(() -> count.run(new StoredReports(kafka, schemas)));
        return count;
    }
}
