package dev.forebear.match;

import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Searches one shard for relatives of the model asked about and answers with the best. Where the new model may be the
 * base of one found here, that one is asked about again: a base is found although it was registered after its
 * derivative.
 */
final class SearchShard implements Processor<String, LineageQuery, String, SpecificRecord> {

    private final int shards;
    private ProcessorContext<String, SpecificRecord> context;
    private FingerprintShard shard;
    private DeferredRevisions revisions;
    private FollowChanges changes;

    @SuppressWarnings("NullAway.Init")
    SearchShard(int shards) {
        this.shards = shards;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        shard = processorContext.getStateStore(FingerprintShard.NAME);
        revisions = new DeferredRevisions(processorContext, shard, shards);
        changes = new FollowChanges(processorContext, shard);
    }

    @Override
    public void process(Record<String, LineageQuery> record) {
        var query = record.value();
        var asked = changes.named(IndexedModel.of(query.getModel()));
        var relatives = new ShardSearch(shard.models(), (long) shard.models().size() * shards).relativesOf(asked);
        var answer = ShardAnswer.of(
                query,
                asked,
                relatives,
                relatives.best(asked),
                Adapters.knownBases(asked, shard.models()),
                context.taskId().partition(),
                Instant.ofEpochMilli(context.currentSystemTimeMs()));
        context.forward(record.withValue(answer), LineageTopology.CANDIDATES_SINK);
        if (query.getPurpose() == QueryPurpose.UPLOAD) {
            askAgainAboutDescendants(record, asked, relatives);
            askAgainAboutAdapters(record, asked);
        }
    }

    private void askAgainAboutDescendants(
            Record<String, LineageQuery> record, IndexedModel asked, Relatives relatives) {
        long registrySize = relatives.compared() * shards;
        var earliest = relatives.found().stream()
                .filter(one -> areRelated(one.compared(), registrySize))
                .map(Relative::other)
                .filter(other -> asked.kinship().mayDescendFrom(other.kinship()))
                .min(Comparator.comparing((IndexedModel other) -> other.model().getUploadedAt())
                        .thenComparing(other -> other.model().getModelVersionId()));
        for (var one : relatives.found()) {
            if (ConfirmationRequests.isWorthIt(one.compared(), registrySize)
                    && one.other().kinship().mayDescendFrom(asked.kinship())) {
                if (changesTheReport(one.other(), asked, earliest, registrySize)) {
                    askAgain(record, one.other().model(), asked.model());
                } else if (!one.compared().sameWeights()) {
                    revisions.defer(one.other().model(), asked.model());
                }
            }
        }
    }

    /**
     * A report names the earliest relative, and what is declared. One that is related to an earlier relative of the new
     * model already says so; whether the new one is its parent can wait until the family has arrived.
     */
    private static boolean changesTheReport(
            IndexedModel descendant, IndexedModel base, Optional<IndexedModel> earlierRelative, long registrySize) {
        return descendant.kinship().declares(base.kinship())
                || earlierRelative.isEmpty()
                || !areRelated(descendant, earlierRelative.get(), registrySize);
    }

    private static boolean areRelated(IndexedModel a, IndexedModel b, long registrySize) {
        return a == b
                || Objects.requireNonNull(a.prepared()).compareTo(Objects.requireNonNull(b.prepared()))
                                instanceof Compared compared
                        && areRelated(compared, registrySize);
    }

    private static boolean areRelated(Compared compared, long registrySize) {
        if (compared.nominated()) {
            return true;
        }
        return switch (Judgement.judge(compared, registrySize).verdict()) {
            case SAME_WEIGHTS, DERIVED, SHARES_AN_ANCESTOR -> true;
            case SHARED_INITIALISATION_OR_LINEAGE, NO_EVIDENCE, NOT_COMPARABLE -> false;
        };
    }

    /** Adapters that came before the base that they declare. */
    private void askAgainAboutAdapters(Record<String, LineageQuery> record, IndexedModel asked) {
        shard.models().stream()
                .filter(adapter -> Adapters.waitsFor(adapter, asked))
                .map(IndexedModel::model)
                .sorted(Comparator.comparing(ModelFingerprint::getModelVersionId))
                .forEach(adapter -> askAgain(record, adapter, asked.model()));
    }

    private void askAgain(Record<String, LineageQuery> record, ModelFingerprint descendant, ModelFingerprint base) {
        var queryId = QueryIds.ofRevision(descendant, base);
        var query = new LineageQuery(queryId, QueryPurpose.REVISION, shards, descendant);
        context.forward(record.withKey(queryId).withValue(query), LineageTopology.QUERIES_SINK);
    }
}
