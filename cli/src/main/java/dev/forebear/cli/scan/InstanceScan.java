package dev.forebear.cli.scan;

import dev.forebear.checkpoint.Declarations;
import dev.forebear.cli.checkpoint.Checkpoints;
import dev.forebear.cli.console.Console;
import dev.forebear.cli.console.Progress;
import dev.forebear.cli.fingerprint.LocalFingerprint;
import dev.forebear.match.LineageJudge;
import dev.forebear.schemas.ModelVersionId;
import dev.forebear.schemas.SchemaRegistryClient;
import dev.forebear.schemas.TopicAdmin;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.WireConfig;
import dev.forebear.schemas.wire.Lane;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.signals.Verdict;
import dev.forebear.worker.FingerprintRecords;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Asks the matchers of a running instance. The question passes through; nothing about it is kept. */
public final class InstanceScan {

    private static final String REGISTRY = "scan";

    private final WireConfig wire;
    private final Duration timeout;

    public InstanceScan(WireConfig wire, Duration timeout) {
        this.wire = wire;
        this.timeout = timeout;
    }

    /**
     * @throws dev.forebear.schemas.TopicException when Kafka cannot be reached or has no topics of Forebear
     * @throws IOException when not all shards answer in time
     */
    ScanResult of(LocalFingerprint scanned, Declarations declarations, Instant now, Console console)
            throws IOException {
        return result(scanned, report(model(scanned, declarations, now), now, console));
    }

    /**
     * What the matchers say of a model, from fingerprints alone.
     *
     * @param model with a fingerprint
     * @throws dev.forebear.schemas.TopicException when Kafka cannot be reached or has no topics of Forebear
     * @throws IOException when not all shards answer in time
     */
    public LineageReport report(ModelFingerprint model, Instant now, Console console) throws IOException {
        int shards = new TopicAdmin(wire.kafka()).partitions(Topics.LINEAGE_QUERIES);
        var query = new LineageQuery(model.getUploadEventId(), QueryPurpose.SCAN, shards, model);
        var answered = new AtomicLong();
        try (Progress progress = console.progress("Asking " + shards + " shards", answered::get, shards);
                SchemaRegistryClient registry = new SchemaRegistryClient(wire.schemaRegistry());
                var conversation = new ShardConversation(wire.kafka(), registry)) {
            return LineageJudge.report(conversation.ask(query, timeout, answered::incrementAndGet), now);
        }
    }

    /** The instance, in words. */
    public String place() {
        return "the instance at " + wire.kafka().bootstrapServers();
    }

    /** Identity of a question that nobody asked before. */
    public static String queryId() {
        return REGISTRY + "/" + UUID.randomUUID();
    }

    private static ModelFingerprint model(LocalFingerprint scanned, Declarations declarations, Instant now) {
        String queryId = queryId();
        var id = ModelVersionId.of(REGISTRY, Checkpoints.name(scanned.location()), queryId.substring(5));
        return ModelFingerprint.newBuilder()
                .setModelVersionId(id.toString())
                .setRegistry(id.registry())
                .setName(id.name())
                .setVersion(id.version())
                .setLocation(scanned.location())
                .setUploadEventId(queryId)
                .setFingerprint(FingerprintRecords.wire(scanned.fingerprint()))
                .setDeclaredBases(FingerprintRecords.wire(declarations))
                .setLicence(declarations.licence())
                .setLane(Lane.INTERACTIVE)
                .setUploadedAt(now)
                .setFingerprintedAt(now)
                .setBytesRead(scanned.totals().bytes())
                .setRequests(Math.clamp(scanned.totals().requests(), 0, Integer.MAX_VALUE))
                .setElapsedMillis(scanned.elapsed().toMillis())
                .setCorrelationId(queryId)
                .build();
    }

    private ScanResult result(LocalFingerprint scanned, LineageReport report) {
        var notCompared = new ArrayList<String>();
        if (report.getIncomparableModels() > 0) {
            notCompared.add(report.getIncomparableModels()
                    + " models: not analysed, or fingerprinted by another version of the algorithm");
        }
        return new ScanResult(
                scanned.location(),
                Checkpoints.name(scanned.location()),
                place(),
                report.getMatches().stream().map(InstanceScan::match).toList(),
                report.getComparedModels(),
                notCompared,
                List.of());
    }

    private static Match match(LineageMatch match) {
        return new Match(
                match.getModelVersionId(),
                Verdict.valueOf(match.getVerdict().name()),
                match.getLog10EValue(),
                match.getEffectSize(),
                match.getDeclared(),
                match.getLicence());
    }
}
