package dev.forebear.match;

import dev.forebear.schemas.wire.ConfirmationRequest;
import dev.forebear.schemas.wire.LineageCandidates;
import dev.forebear.schemas.wire.QueryPurpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Waits until every shard has answered a query, then judges and reports, and asks the workers to confirm what
 * fingerprints do not settle. Shards are counted, not timed: an answer that comes twice counts once.
 */
final class GatherCandidates implements Processor<String, LineageCandidates, String, SpecificRecord> {

    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, LineageCandidates> gathered;

    @SuppressWarnings("NullAway.Init")
    GatherCandidates() {}

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        gathered = processorContext.getStateStore(LineageTopology.GATHERED);
    }

    @Override
    public void process(Record<String, LineageCandidates> record) {
        var answer = record.value();
        if (answer.getPurpose() == QueryPurpose.SCAN) {
            return;
        }
        gathered.put(key(answer, answer.getShard()), answer);
        var answers = answersTo(answer);
        if (answers.size() < answer.getShards()) {
            return;
        }
        answers.forEach(one -> gathered.delete(key(one, one.getShard())));
        var all = ShardAnswers.of(answers);
        var report = LineageJudge.report(all, Instant.ofEpochMilli(context.currentSystemTimeMs()));
        var toConfirm = ConfirmationRequests.of(all, report);
        context.forward(
                record.withKey(report.getModelVersionId())
                        .withValue(toConfirm.map(ConfirmationRequest::getReport).orElse(report)),
                LineageTopology.REPORTS_SINK);
        toConfirm.ifPresent(request -> context.forward(
                record.withKey(report.getModelVersionId()).withValue(request), LineageTopology.REQUESTS_SINK));
    }

    private List<LineageCandidates> answersTo(LineageCandidates query) {
        var answers = new ArrayList<LineageCandidates>();
        try (var all = gathered.prefixScan(query.getQueryId() + "\n", new StringSerializer())) {
            all.forEachRemaining(entry -> answers.add(entry.value));
        }
        return answers;
    }

    /** Ids hold no line breaks, so no query's id is a prefix of another's key. */
    private static String key(LineageCandidates query, int shard) {
        return query.getQueryId() + "\n" + shard;
    }
}
