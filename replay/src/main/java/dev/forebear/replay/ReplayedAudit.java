package dev.forebear.replay;

import dev.forebear.replay.audit.Audit;
import dev.forebear.replay.audit.AuditedModel;
import dev.forebear.schemas.wire.LineageReport;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayedReport;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A replay that was decided on; its parts lie in temporary files until they are asked for. */
final class ReplayedAudit implements Audit {

    private static final Comparator<Decided> IN_ORDER = Comparator.comparing(
                    (Decided decided) -> decided.upload().announced().getUploadedAt())
            .thenComparing(decided -> decided.upload().modelVersionId())
            .thenComparing(decided -> decided.upload().number());

    private static final int AT_ONCE = 256;

    private final Replay replay;
    private final Knowledge knowledge;
    private final ReplayedReports answers;
    private final Spill findings;
    private final List<Decided> decided;

    /**
     * An upload that was decided on.
     *
     * @param place of its findings
     */
    record Decided(PastUpload upload, long place) {}

    ReplayedAudit(Replay replay, Knowledge knowledge, ReplayedReports answers, Spill findings, List<Decided> decided) {
        this.replay = replay;
        this.knowledge = knowledge;
        this.answers = answers;
        this.findings = findings;
        this.decided = decided.stream().sorted(IN_ORDER).toList();
    }

    @Override
    public Replay replay() {
        return replay;
    }

    @Override
    public Stream<AuditedModel> models() {
        return Ahead.stream(decided, AT_ONCE, this::model);
    }

    private AuditedModel model(Decided one) throws IOException {
        PastReport past = knowledge.reports().ofTheTime(one.upload()).orElse(null);
        LineageReport then = past == null ? null : knowledge.reports().wording(past.last());
        return model(one.upload(), then, answers.on(one.upload()), Findings.of(findings.at(one.place())));
    }

    static AuditedModel model(
            PastUpload upload, @Nullable LineageReport then, ReplayedReport answer, Findings findings) {
        return new AuditedModel(
                upload.announced(),
                answer.getReport(),
                then,
                Changes.between(then, answer.getReport()),
                findings.findings(),
                findings.events(),
                answer.getUnconfirmed());
    }
}
