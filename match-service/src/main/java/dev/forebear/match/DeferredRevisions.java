package dev.forebear.match;

import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Models whose ancestry is known but whose parent may have become known only now, because it was registered after them.
 * They are asked about again once their family has stopped arriving: each once, however many relatives came, and only
 * so many at a time.
 */
final class DeferredRevisions {

    /** Model version id to the relative that became known last. */
    static final String STORE = "deferred-revisions";

    static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int MOST_AT_A_TIME = 40;

    private final ProcessorContext<String, SpecificRecord> context;
    private final FingerprintShard shard;
    private final int shards;
    private final KeyValueStore<String, String> deferred;
    private boolean arriving;

    DeferredRevisions(ProcessorContext<String, SpecificRecord> context, FingerprintShard shard, int shards) {
        this.context = context;
        this.shard = shard;
        this.shards = shards;
        this.deferred = context.getStateStore(STORE);
        context.schedule(PERIOD, PunctuationType.WALL_CLOCK_TIME, this::askAgain);
    }

    void defer(ModelFingerprint descendant, ModelFingerprint base) {
        deferred.put(descendant.getModelVersionId(), base.getModelVersionId());
        arriving = true;
    }

    private void askAgain(long now) {
        if (arriving) {
            arriving = false;
            return;
        }
        var due = new ArrayList<KeyValue<String, String>>();
        try (var all = deferred.all()) {
            while (all.hasNext() && due.size() < MOST_AT_A_TIME) {
                due.add(all.next());
            }
        }
        for (var one : due) {
            deferred.delete(one.key);
            var descendant = shard.get(one.key);
            if (descendant != null && descendant.prepared() != null) {
                var queryId = QueryIds.ofRevision(descendant.model(), one.value);
                var query = new LineageQuery(queryId, QueryPurpose.REVISION, shards, descendant.model());
                context.forward(new Record<>(queryId, query, now), LineageTopology.QUERIES_SINK);
            }
        }
    }
}
