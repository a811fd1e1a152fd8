package dev.forebear.match;

import dev.forebear.schemas.wire.KnownBase;
import dev.forebear.schemas.wire.LineageCandidate;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.LineageQuery;
import dev.forebear.schemas.wire.ModelFingerprint;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.PreparedFingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** Candidates of a shard that are worth sending: those with the smallest p-values, the declared, the earliest. */
    private static final int MOST_LIKELY = 64;

    private static final int EARLIEST = 16;

    /** Candidates of a shard that may prove nothing but are nominated for a comparison of both checkpoints. */
    private static final int NOMINEES = 8;

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

    /** A model of the shard that passed the screen, or is nominated, with its full comparison. */
    private record Found(IndexedModel other, Compared compared, boolean likely) {}

    @Override
    public void process(Record<String, LineageQuery> record) {
        var query = record.value();
        var asked = changes.named(IndexedModel.of(query.getModel()));
        var search = search(asked);
        context.forward(record.withValue(answer(query, asked, search)), LineageTopology.CANDIDATES_SINK);
        if (query.getPurpose() == QueryPurpose.UPLOAD) {
            askAgainAboutDescendants(record, asked, search);
            askAgainAboutAdapters(record, asked);
        }
    }

    private record Search(List<Found> found, long compared, long incomparable) {}

    private Search search(IndexedModel asked) {
        var prepared = Objects.requireNonNull(asked.prepared(), "only analysed models are asked about");
        double largestScreen =
                1 - Math.log10(Math.max(1, (double) shard.models().size() * shards));
        var found = new ArrayList<Found>();
        long compared = 0;
        long incomparable = 0;
        for (var other : shard.models()) {
            if (other.model().getModelVersionId().equals(asked.model().getModelVersionId())) {
                continue;
            }
            if (other.prepared() == null || !sameAlgorithm(prepared, other.prepared())) {
                incomparable++;
                continue;
            }
            if (other.model().getNotAnalysed() == null) {
                compared++;
            } else {
                incomparable++;
            }
            boolean likely = prepared.screen(other.prepared()) <= largestScreen;
            if ((likely || prepared.nomination(other.prepared()) >= 1)
                    && prepared.compareTo(other.prepared()) instanceof Compared comparison) {
                found.add(new Found(other, comparison, likely));
            }
        }
        return new Search(found, compared, incomparable);
    }

    private static boolean sameAlgorithm(PreparedFingerprint a, PreparedFingerprint b) {
        return a.fingerprint().algorithmVersion() == b.fingerprint().algorithmVersion();
    }

    private LineageCandidates answer(LineageQuery query, IndexedModel asked, Search search) {
        var model = query.getModel();
        return LineageCandidates.newBuilder()
                .setQueryId(query.getQueryId())
                .setPurpose(query.getPurpose())
                .setShard(context.taskId().partition())
                .setShards(query.getShards())
                .setComparedModels(search.compared())
                .setIncomparableModels(search.incomparable())
                .setModelVersionId(model.getModelVersionId())
                .setRegistry(model.getRegistry())
                .setName(model.getName())
                .setVersion(model.getVersion())
                .setLicence(model.getLicence())
                .setNotAnalysed(model.getNotAnalysed())
                .setDeclaredBases(model.getDeclaredBases())
                .setUploadedAt(model.getUploadedAt())
                .setReceivedAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
                .setCandidates(best(search.found(), asked))
                .setCorrelationId(model.getCorrelationId())
                .setLocation(model.getLocation())
                .setAdapter(model.getAdapter() == null ? null : model)
                .setOtherNames(asked.kinship().otherNames())
                .setKnownBases(knownBases(asked))
                .build();
    }

    private List<KnownBase> knownBases(IndexedModel asked) {
        return shard.models().stream()
                .filter(base -> Adapters.waitsFor(asked, base))
                .map(base -> Adapters.known(base.model()))
                .sorted(Comparator.comparing((KnownBase base) -> base.getUploadedAt())
                        .reversed())
                .limit(EARLIEST)
                .toList();
    }

    private static List<LineageCandidate> best(List<Found> found, IndexedModel asked) {
        var chosen = new LinkedHashSet<Found>();
        found.stream()
                .filter(Found::likely)
                .sorted(first(Comparator.comparingDouble(one -> one.compared().log10PValue())))
                .limit(MOST_LIKELY)
                .forEach(chosen::add);
        found.stream()
                .filter(one -> asked.kinship().mentions(one.other().kinship()))
                .sorted(first(Comparator.comparing(one -> one.other().model().getUploadedAt())))
                .limit(EARLIEST)
                .forEach(chosen::add);
        found.stream()
                .filter(Found::likely)
                .sorted(first(Comparator.comparing(one -> one.other().model().getUploadedAt())))
                .limit(EARLIEST)
                .forEach(chosen::add);
        found.stream()
                .filter(one -> one.compared().nominated())
                .sorted(first(Comparator.comparingDouble(one -> -one.compared().nomination())))
                .limit(NOMINEES)
                .forEach(chosen::add);
        return chosen.stream()
                .map(one -> Candidates.toWire(asked, one.other(), one.compared()))
                .toList();
    }

    /** In this order, and among equals by name. */
    private static Comparator<Found> first(Comparator<Found> order) {
        return order.thenComparing(one -> one.other().model().getModelVersionId());
    }

    private void askAgainAboutDescendants(Record<String, LineageQuery> record, IndexedModel asked, Search search) {
        long registrySize = search.compared() * shards;
        var earliest = search.found().stream()
                .filter(one -> areRelated(one.compared(), registrySize))
                .map(Found::other)
                .filter(other -> asked.kinship().mayDescendFrom(other.kinship()))
                .min(Comparator.comparing((IndexedModel other) -> other.model().getUploadedAt())
                        .thenComparing(other -> other.model().getModelVersionId()));
        for (var one : search.found()) {
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
