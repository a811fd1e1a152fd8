package dev.forebear.alerts;

import dev.forebear.alerts.delivery.Deliveries;
import dev.forebear.alerts.readmodel.ReadModel;
import dev.forebear.alerts.readmodel.TopicFollower;
import dev.forebear.runtime.ResourceStack;
import dev.forebear.schemas.AvroSerde;
import dev.forebear.schemas.KafkaConfig;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.wire.LineageReport;
import java.time.InstantSource;
import java.util.Optional;

/** All that decides what becomes of alerts, at work until it is closed. */
final class Decisions implements AutoCloseable {

    private final ResourceStack resources;
    private final ReportConsumer consumer;

    private Decisions(ResourceStack resources, ReportConsumer consumer) {
        this.resources = resources;
        this.consumer = consumer;
    }

    /**
     * Where decisions come from and go to.
     *
     * @param follower of the read model, which has caught up
     */
    record Surroundings(
            KafkaConfig kafka,
            SchemaRegistryClient schemas,
            ReadModel readModel,
            TopicFollower follower,
            AlertWriter writer,
            Ownership ownership,
            InstantSource clock) {}

    static Decisions start(Surroundings here, PolicySource policy, Deliveries deliveries) {
        var resources = new ResourceStack();
        var queries = here.readModel.queries();
        var decider = new Decider(policy::current, deliveries.routes()::of, here.readModel, here.clock);
        var reports = new ReportTable(queries);
        var stored = resources.add(new StoredReports(here.kafka, here.schemas));
        var redecisions = new Redecisions(here.ownership, reports, stored, decider, here.writer);
        var upkeep = new Upkeep(
                here.readModel,
                policy,
                new PolicyHistory(here.ownership, here.readModel, policy, decider, here.writer),
                new PendingActions(here.kafka, here.ownership, here.readModel, decider, here.writer),
                new Resettling(here.ownership, here.readModel, decider, here.writer),
                new DescendantWatch(here.kafka, here.ownership, here.readModel, redecisions),
                new QuarantineWatch(here.ownership, here.readModel, decider, redecisions),
                new Applications(here.readModel, redecisions, decider),
                redecisions);
        var processor = new ReportProcessor(
                new AvroSerde<>(LineageReport.class, here.schemas).deserializer(),
                reports,
                decider,
                here.writer,
                redecisions::add);
        var consumer = resources.add(
                ReportConsumer.start(here.kafka, processor, upkeep, here.follower, here.ownership, deliveries));
        return new Decisions(resources, consumer);
    }

    /** What keeps it from deciding, in one line. */
    Optional<String> problem() {
        return consumer.problem();
    }

    @Override
    public void close() {
        resources.close();
    }
}
