package dev.forebear.match;

import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Inserts a fingerprint into its shard, then asks every shard for its relatives. */
final class IndexFingerprint implements Processor<String, ModelFingerprint, String, SpecificRecord> {

    private final int shards;
    private ProcessorContext<String, SpecificRecord> context;
    private FingerprintShard shard;
    private ModelChanges changes;

    @SuppressWarnings("NullAway.Init")
    IndexFingerprint(int shards) {
        this.shards = shards;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        shard = processorContext.getStateStore(FingerprintShard.NAME);
        changes = processorContext.getStateStore(ModelChanges.NAME);
    }

    @Override
    public void process(Record<String, ModelFingerprint> record) {
        var fingerprint = record.value();
        if (fingerprint != null && changes.isErased(fingerprint)) {
            // A worker that read it meanwhile, or a registry that announced it again.
            shard.put(record.key(), null);
            context.forward(record.withValue(null), LineageTopology.FINGERPRINTS_SINK);
            return;
        }
        var known = shard.get(record.key());
        shard.put(record.key(), fingerprint);
        var indexed = shard.get(record.key());
        if (indexed != null) {
            shard.put(indexed.named(changes.otherNames(indexed.model())));
        }
        if (fingerprint == null || known != null && sameWork(known.model(), fingerprint)) {
            return;
        }
        if (fingerprint.getFingerprint() == null) {
            var report = LineageJudge.notAnalysed(
                    fingerprint, QueryIds.ofUpload(fingerprint), Instant.ofEpochMilli(context.currentSystemTimeMs()));
            context.forward(record.withValue(report), LineageTopology.NOT_ANALYSED_SINK);
        } else {
            var queryId = QueryIds.ofUpload(fingerprint);
            var query = new LineageQuery(queryId, QueryPurpose.UPLOAD, shards, fingerprint);
            context.forward(record.withKey(queryId).withValue(query), LineageTopology.QUERIES_SINK);
        }
    }

    /**
     * A worker that died after it published did the same work again; the first answer stands. What is said about an
     * adapter is always said again, because a report may wait for it.
     */
    private static boolean sameWork(ModelFingerprint known, ModelFingerprint repeated) {
        var before = known.getFingerprint();
        var after = repeated.getFingerprint();
        return known.getUploadEventId().equals(repeated.getUploadEventId())
                && (repeated.getAdapter() == null || known.getFingerprintedAt().equals(repeated.getFingerprintedAt()))
                && Objects.equals(known.getNotAnalysed(), repeated.getNotAnalysed())
                && Objects.equals(known.getSignature(), repeated.getSignature())
                && known.getDeclaredBases().equals(repeated.getDeclaredBases())
                && (before == null) == (after == null)
                && (before == null
                        || before.getAlgorithmVersion() == after.getAlgorithmVersion()
                                && before.getWeightsDigest().equals(after.getWeightsDigest()));
    }
}
