package dev.forebear.match;

import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.Confirmation;
import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelChanged;
import dev.forebear.schemas.wire.ModelFingerprint;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The partitioned similarity join. Every partition of {@code model-fingerprints} is a shard.
 *
 * <pre>
 * model-fingerprints ──► index-fingerprint ──► [fingerprints] (the topic is the changelog)
 *                          │ a query to every shard            │
 *                          ▼                                   ▼
 *                    lineage-queries ─────────────────► search-shard ──► lineage-candidates
 *                          ▲                                   │               │
 *                          └── revision of a later relative ◄──┘               ▼
 *                    lineage-reports ◄────────────────────────────────  gather-candidates ──► [gathered-candidates]
 *                          ▲                                                   │
 *                     revise-report ◄── confirmations ◄── workers ◄── confirmation-requests
 *
 * model-changes ──► [model-changes], everywhere whole: search-shard publishes models with new declarations again
 * </pre>
 *
 * A fingerprint is inserted before its query is sent; so of two models that arrive at the same time at least one finds
 * the other. The sinks of reports are three, so that gathering and revising are sub-topologies of their own, free to
 * run elsewhere.
 */
final class LineageTopology implements Supplier<Topology> {

    static final String GATHERED = "gathered-candidates";
    static final String FINGERPRINTS_SINK = "model-fingerprints-sink";
    static final String QUERIES_SINK = "lineage-queries-sink";
    static final String CANDIDATES_SINK = "lineage-candidates-sink";
    static final String REPORTS_SINK = "lineage-reports-sink";
    static final String REQUESTS_SINK = "confirmation-requests-sink";
    static final String NOT_ANALYSED_SINK = "not-analysed-reports-sink";

    private static final StreamPartitioner<String, LineageQuery> EVERY_SHARD = (topic, key, query, partitions) ->
            Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet()));

    /** Alerts are about models, whatever the version: whoever is given a partition has all reports on its models. */
    private static final StreamPartitioner<String, LineageReport> BY_MODEL = (topic, key, report, partitions) ->
            Optional.of(Set.of(Topics.partition(report.getRegistry() + "/" + report.getName(), partitions)));

    private final String prefix;
    private final int shards;
    private final ValueSerdes serdes;

    LineageTopology(String prefix, int shards, ValueSerdes serdes) {
        this.prefix = prefix;
        this.shards = shards;
        this.serdes = serdes;
    }

    /** The value serdes of the topics. */
    record ValueSerdes(
            Serde<ModelFingerprint> fingerprints,
            Serde<LineageQuery> queries,
            Serde<LineageCandidates> candidates,
            Serde<LineageReport> reports,
            Serde<ConfirmationRequest> requests,
            Serde<Confirmation> confirmations,
            Serde<ModelChanged> changes) {}

    @Override
    public Topology get() {
        var topology = new Topology();
        indexFingerprints(topology);
        searchShards(topology);
        gatherCandidates(topology);
        reviseReports(topology);
        rememberChanges(topology);
        return topology;
    }

    private void indexFingerprints(Topology topology) {
        topology.addReadOnlyStateStore(
                FingerprintShard.builder(serdes.fingerprints().deserializer()),
                "model-fingerprints-source",
                new StringDeserializer(),
                serdes.fingerprints().deserializer(),
                Topics.MODEL_FINGERPRINTS.name(prefix),
                "index-fingerprint",
                forwarding(() -> new IndexFingerprint(shards)));
    }

    /** The store's processor is declared as a dead end, although it may forward like any other node. */
    @SuppressWarnings("unchecked")
    private static ProcessorSupplier<String, ModelFingerprint, Void, Void> forwarding(
            ProcessorSupplier<String, ModelFingerprint, String, SpecificRecord> supplier) {
        return (ProcessorSupplier<String, ModelFingerprint, Void, Void>) (ProcessorSupplier<?, ?, ?, ?>) supplier;
    }

    private void searchShards(Topology topology) {
        topology.addSource(
                        "lineage-queries-source",
                        new StringDeserializer(),
                        serdes.queries().deserializer(),
                        Topics.LINEAGE_QUERIES.name(prefix))
                .addProcessor("search-shard", () -> new SearchShard(shards), "lineage-queries-source")
                .connectProcessorAndStateStores("search-shard", FingerprintShard.NAME)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(DeferredRevisions.STORE),
                                Serdes.String(),
                                Serdes.String()),
                        "search-shard")
                .addSink(
                        QUERIES_SINK,
                        Topics.LINEAGE_QUERIES.name(prefix),
                        new StringSerializer(),
                        serdes.queries().serializer(),
                        EVERY_SHARD,
                        "index-fingerprint",
                        "search-shard")
                .addSink(
                        FINGERPRINTS_SINK,
                        Topics.MODEL_FINGERPRINTS.name(prefix),
                        new StringSerializer(),
                        serdes.fingerprints().serializer(),
                        "index-fingerprint",
                        "search-shard")
                .addSink(
                        NOT_ANALYSED_SINK,
                        Topics.LINEAGE_REPORTS.name(prefix),
                        new StringSerializer(),
                        serdes.reports().serializer(),
                        BY_MODEL,
                        "index-fingerprint")
                .addSink(
                        CANDIDATES_SINK,
                        Topics.LINEAGE_CANDIDATES.name(prefix),
                        new StringSerializer(),
                        serdes.candidates().serializer(),
                        "search-shard");
    }

    private void gatherCandidates(Topology topology) {
        topology.addSource(
                        "lineage-candidates-source",
                        new StringDeserializer(),
                        serdes.candidates().deserializer(),
                        Topics.LINEAGE_CANDIDATES.name(prefix))
                .addProcessor("gather-candidates", GatherCandidates::new, "lineage-candidates-source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(GATHERED), Serdes.String(), serdes.candidates()),
                        "gather-candidates")
                .addSink(
                        REPORTS_SINK,
                        Topics.LINEAGE_REPORTS.name(prefix),
                        new StringSerializer(),
                        serdes.reports().serializer(),
                        BY_MODEL,
                        "gather-candidates")
                .addSink(
                        REQUESTS_SINK,
                        Topics.CONFIRMATION_REQUESTS.name(prefix),
                        new StringSerializer(),
                        serdes.requests().serializer(),
                        "gather-candidates");
    }

    private void reviseReports(Topology topology) {
        topology.addSource(
                        "confirmations-source",
                        new StringDeserializer(),
                        serdes.confirmations().deserializer(),
                        Topics.CONFIRMATIONS.name(prefix))
                .addProcessor("revise-report", ReviseReport::new, "confirmations-source")
                .addSink(
                        "confirmed-reports-sink",
                        Topics.LINEAGE_REPORTS.name(prefix),
                        new StringSerializer(),
                        serdes.reports().serializer(),
                        BY_MODEL,
                        "revise-report");
    }

    private void rememberChanges(Topology topology) {
        topology.addGlobalStore(
                ModelChanges.builder(serdes.changes().deserializer()),
                "model-changes-source",
                new StringDeserializer(),
                serdes.changes().deserializer(),
                Topics.MODEL_CHANGES.name(prefix),
                "remember-change",
                ModelChanges::recorder);
    }
}
