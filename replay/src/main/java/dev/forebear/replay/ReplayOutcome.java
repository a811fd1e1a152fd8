package dev.forebear.replay;

import dev.forebear.replay.audit.Audit;
import java.io.IOException;
import java.util.List;

/** A replay that was decided on. Its parts lie in temporary files until it is closed. */
public final class ReplayOutcome implements AutoCloseable {

    private final ReplayedAudit audit;
    private final ReplaySummary summary;
    private final Knowledge knowledge;
    private final ReplayedReports answers;
    private final List<PastUpload> uploads;
    private final Spill findings;
    private final WorkFolder folder;

    ReplayOutcome(
            ReplayedAudit audit,
            ReplaySummary summary,
            Knowledge knowledge,
            ReplayedReports answers,
            List<PastUpload> uploads,
            Spill findings,
            WorkFolder folder) {
        this.audit = audit;
        this.summary = summary;
        this.knowledge = knowledge;
        this.answers = answers;
        this.uploads = uploads;
        this.findings = findings;
        this.folder = folder;
    }

    /** For the documents; to be read before this is closed. */
    public Audit audit() {
        return audit;
    }

    /** What it came to. */
    public ReplaySummary summary() {
        return summary;
    }

    /** Revisions for everybody, where the answer differs from the last word on a model version. */
    Revisions revisions() {
        return new Revisions(audit.replay(), knowledge, answers, uploads);
    }

    @Override
    public void close() throws IOException {
        try (folder;
                knowledge;
                answers) {
            findings.close();
        }
    }
}
