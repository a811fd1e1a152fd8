package dev.forebear.replay;

import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Answer;
import dev.forebear.match.BatchJoin.Question;
import dev.forebear.match.FoundByWeights;
import dev.forebear.match.SuccessiveJoin;
import dev.forebear.runtime.Beside;
import dev.forebear.runtime.Beside.Begun;
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
 * The first half of a replay: a report on every upload, by today's matcher. A batch at a time is matched, while the
 * next one is read and the one before is written, together with how far it has come.
 */
final class Matching {

    /** So many are matched together: enough for the caches, few enough to be done again after a kill. */
    private static final int MOST_AT_ONCE = 4_000;

    private final Replay replay;
    private final Questions questions;
    private final ReplayWriter writer;
    private final ReplayedReports replayed;
    private final Pace pace;
    private final Instant reportedAt;

    /**
     * @param replayed is given what is written
     * @param reportedAt time that all reports state
     */
    Matching(
            Replay replay,
            Questions questions,
            ReplayWriter writer,
            ReplayedReports replayed,
            Pace pace,
            Instant reportedAt) {
        this.replay = replay;
        this.questions = questions;
        this.writer = writer;
        this.replayed = replayed;
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
        try (ReplayWatch.Part part = watch.begin("matching", uploads.size());
                Beside asking = Beside.thread();
                Beside writing = Beside.thread()) {
            long before = uploads.size() - (long) rest.size();
            part.done(before);
            BatchJoin known = questions.join();
            SuccessiveJoin join = known.inTurn();
            int size = pace.batch(MOST_AT_ONCE);
            long start = System.nanoTime();
            Begun<List<Question>> asked = asking.begin(() -> questions(batch(rest, 0, size), known));
            Begun<Long> written = writing.begin(() -> before);
            for (int from = 0; from < rest.size(); from += size) {
                List<PastUpload> batch = batch(rest, from, size);
                List<PastUpload> next = batch(rest, from + batch.size(), size);
                List<Question> now = asked.await();
                asked = asking.begin(() -> questions(next, known));
                List<Answer> answers = join.answer(now, pace.threads(), reportedAt);
                part.done(written.await());
                long done = before + from + batch.size();
                written = writing.begin(() -> {
                    replayed.add(batch, writer.write(reports(batch, answers), batch, done));
                    return done;
                });
                pace.keep(from + batch.size(), Duration.ofNanos(System.nanoTime() - start));
            }
            part.done(written.await());
        }
    }

    private static List<PastUpload> batch(List<PastUpload> all, int from, int size) {
        return all.subList(from, Math.min(from + size, all.size()));
    }

    private List<Question> questions(List<PastUpload> batch, BatchJoin known) throws IOException {
        List<Question> asked = new ArrayList<>(batch.size());
        for (PastUpload upload : batch) {
            asked.add(questions.about(upload, known));
        }
        return asked;
    }

    private List<ReplayedReport> reports(List<PastUpload> batch, List<Answer> answers) throws IOException {
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
