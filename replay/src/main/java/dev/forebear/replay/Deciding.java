package dev.forebear.replay;

import dev.forebear.alerts.PolicyFindings;
import dev.forebear.alerts.policy.Finding;
import dev.forebear.replay.audit.AuditedFinding;
import dev.forebear.replay.audit.AuditedModel;
import dev.forebear.runtime.Beside;
import dev.forebear.runtime.Beside.Begun;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.ReplayedReport;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The second half of a replay: what the policy finds in the answers. Nothing of it is kept: after a kill it is done
 * again, and comes to the same.
 */
final class Deciding {

    private static final int BATCH = 250;
    private static final int BATCHES_AHEAD = 8;

    private static final Comparator<AuditedFinding> MOST_SEVERE_FIRST =
            Comparator.comparing(AuditedFinding::severity).reversed();

    private final Knowledge knowledge;
    private final ReplayedReports answers;
    private final PolicyFindings policy;
    private final Events events;
    private final ReplaySummary summary = new ReplaySummary();

    Deciding(Knowledge knowledge, ReplayedReports answers, PolicyFindings policy, Events events) {
        this.knowledge = knowledge;
        this.answers = answers;
        this.policy = policy;
        this.events = events;
    }

    private record Decision(PastUpload upload, AuditedModel model, byte[] findings) {}

    /** Decides on all, in their order whatever the number of threads, and leaves what was found in the spill. */
    List<ReplayedAudit.Decided> run(List<PastUpload> uploads, int threads, Spill findings, ReplayWatch watch)
            throws IOException, InterruptedException {
        List<ReplayedAudit.Decided> decided = new ArrayList<>(uploads.size());
        Deque<Begun<List<Decision>>> ahead = new ArrayDeque<>();
        try (ReplayWatch.Part part = watch.begin("deciding", uploads.size());
                Beside deciding = Beside.threads(threads)) {
            int next = 0;
            while (next < uploads.size() || !ahead.isEmpty()) {
                while (next < uploads.size() && ahead.size() < BATCHES_AHEAD) {
                    List<PastUpload> batch = uploads.subList(next, Math.min(next + BATCH, uploads.size()));
                    ahead.add(deciding.begin(() -> decide(batch)));
                    next += batch.size();
                }
                for (Decision decision : ahead.remove().await()) {
                    summary.count(decision.model);
                    decided.add(new ReplayedAudit.Decided(decision.upload, findings.add(decision.findings)));
                }
                part.done(decided.size());
            }
        }
        findings.complete();
        return decided;
    }

    /** What all came to. */
    ReplaySummary summary() {
        return summary;
    }

    private List<Decision> decide(List<PastUpload> batch) throws IOException {
        List<ReplayedReport> batchAnswers = new ArrayList<>(batch.size());
        for (PastUpload upload : batch) {
            batchAnswers.add(answers.on(upload));
        }
        List<List<Finding>> found =
                policy.of(batchAnswers.stream().map(ReplayedReport::getReport).toList());
        List<Decision> decisions = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            decisions.add(decision(batch.get(i), batchAnswers.get(i), found.get(i)));
        }
        return decisions;
    }

    private Decision decision(PastUpload upload, ReplayedReport answer, List<Finding> found) throws IOException {
        PastReport past = knowledge.reports().ofTheTime(upload).orElse(null);
        @Nullable LineageReport then = past == null ? null : knowledge.reports().wording(past.last());
        List<AuditedFinding> audited = found.stream()
                .map(finding -> audited(answer.getReport(), finding))
                .sorted(MOST_SEVERE_FIRST)
                .toList();
        var findings = new Findings(audited, events.of(upload, past, then, audited));
        return new Decision(upload, ReplayedAudit.model(upload, then, answer, findings), findings.bytes());
    }

    private AuditedFinding audited(LineageReport report, Finding finding) {
        String alertId = PolicyFindings.alertId(report, finding);
        return new AuditedFinding(
                finding.rule(),
                finding.severity(),
                finding.title(),
                finding.explanation(),
                finding.ancestor() == null ? null : finding.ancestor().match(),
                alertId,
                knowledge.alerts().get(alertId) != null);
    }
}
