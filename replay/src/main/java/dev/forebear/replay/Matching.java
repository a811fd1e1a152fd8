package dev.forebear.replay;

import dev.forebear.match.BatchJoin.Answer;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.FoundByWeights;
import dev.forebear.match.SuccessiveJoin;
import dev.forebear.schemas.wire.LineageMatch;
import dev.forebear.schemas.wire.Replay;
import dev.forebear.schemas.wire.ReplayedReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The first half of a replay: a report on every upload, by today's matcher. A batch at a time is matched, and written
 * together with how far it has come.
 */
final class Matching {

    /** So many are matched together: enough for the caches, few enough to be done again after a kill. */
    private static final int MOST_AT_ONCE = 2_000;

    private final Replay replay;
    private final Questions questions;
    private final ReplayWriter writer;
    private final Pace pace;
    private final Instant reportedAt;

    /** @param reportedAt time that all reports state */
    Matching(Replay replay, Questions questions, ReplayWriter writer, Pace pace, Instant reportedAt) {
        this.replay = replay;
        this.questions = questions;
        this.writer = writer;
        this.pace = pace;
        this.reportedAt = reportedAt;
    }

    /**
     * Matches what is not done yet.
     *
     * @throws IOException when another process has taken the replay over
     */
    void run(List<PastUpload> uploads, ReplayPosition position, ReplayWatch watch)
            throws IOException, InterruptedException {
        List<PastUpload> rest = position.rest(uploads);
        if (rest.isEmpty()) {
            return;
        }
        try (ReplayWatch.Part part = watch.begin("matching", uploads.size())) {
            long done = uploads.size() - (long) rest.size();
            part.done(done);
            SuccessiveJoin join = questions.join().inTurn();
            int size = pace.batch(MOST_AT_ONCE);
            long start = System.nanoTime();
            for (int from = 0; from < rest.size(); from += size) {
                List<PastUpload> batch = rest.subList(from, Math.min(from + size, rest.size()));
                List<ReplayedReport> answers = answers(join, batch);
                done += batch.size();
                writer.write(answers, batch, done);
                part.done(done);
                pace.keep(from + batch.size(), Duration.ofNanos(System.nanoTime() - start));
            }
        }
    }

    private List<ReplayedReport> answers(SuccessiveJoin join, List<PastUpload> batch) throws IOException {
        List<Question> asked = new ArrayList<>(batch.size());
        for (PastUpload upload : batch) {
            asked.add(questions.about(upload));
        }
        List<Answer> answers = join.answer(asked, pace.threads(), reportedAt);
        List<ReplayedReport> reports = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            reports.add(report(batch.get(i), answers.get(i)));
        }
        return reports;
    }

    private ReplayedReport report(PastUpload upload, Answer answer) throws IOException {
        List<LineageMatch> found = questions.foundByWeights(upload);
        Set<String> settled =
                found.stream().map(LineageMatch::getModelVersionId).collect(Collectors.toSet());
        List<String> unconfirmed = answer.worthConfirming().stream()
                .filter(id -> !settled.contains(id))
                .toList();
        return new ReplayedReport(
                replay.getReplayId(),
                upload.partition(),
                upload.offset(),
                FoundByWeights.putInto(answer.report(), found),
                unconfirmed);
    }
}
