package dev.forebear.replay;

import dev.forebear.replay.audit.AuditedAncestor.Change;
import dev.forebear.schemas.Topics;
import dev.forebear.schemas.wire.ConfirmationState;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.QueryPurpose;
import dev.forebear.schemas.wire.Replay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Answers that say something else of a model's ancestors than the last word on it. Written as revisions, they are held
 * against the policy in use like any report, and people are told as of any.
 */
final class Revisions {

    private final Replay replay;
    private final Knowledge knowledge;
    private final ReplayedReports answers;
    private final List<PastUpload> uploads;

    Revisions(Replay replay, Knowledge knowledge, ReplayedReports answers, List<PastUpload> uploads) {
        this.replay = replay;
        this.knowledge = knowledge;
        this.answers = answers;
        this.uploads = uploads;
    }

    /** Those that nothing newer has replaced; none of those that were published before. */
    List<LineageReport> unpublished(TopicReading reading, Instant now) throws IOException {
        Set<String> reportedSince = reportedSince(reading);
        List<LineageReport> revisions = new ArrayList<>();
        for (PastUpload upload : uploads) {
            if (upload.last() && !reportedSince.contains(upload.modelVersionId())) {
                LineageReport answer = answers.on(upload).getReport();
                if (answer.getNotAnalysed() == null && differs(answer)) {
                    revisions.add(revision(answer, now));
                }
            }
        }
        return revisions;
    }

    private boolean differs(LineageReport answer) throws IOException {
        PastReport latest =
                knowledge.reports().latest(answer.getModelVersionId()).orElse(null);
        LineageReport before = latest == null ? null : knowledge.reports().wording(latest.last());
        return before == null
                || Changes.between(before, answer).stream().anyMatch(one -> one.change() != Change.UNCHANGED);
    }

    /** It needs no confirmation: what weights had said is in it. */
    private static LineageReport revision(LineageReport answer, Instant now) {
        return LineageReport.newBuilder(answer)
                .setPurpose(QueryPurpose.REVISION)
                .setConfirmation(ConfirmationState.NOT_NEEDED)
                .setReportedAt(now)
                .build();
    }

    private Set<String> reportedSince(TopicReading reading) throws IOException {
        Map<Integer, Long> positions = new HashMap<>();
        replay.getPositions().stream()
                .filter(position -> position.getTopic().equals(Topics.LINEAGE_REPORTS.name()))
                .forEach(position -> positions.put(position.getPartition(), position.getOffset()));
        Set<String> ids = new HashSet<>();
        reading.readFrom(positions, Topics.LINEAGE_REPORTS, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                ids.add(new String(record.key(), StandardCharsets.UTF_8));
            }
        });
        return ids;
    }
}
