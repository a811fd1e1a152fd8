package dev.forebear.replay;

import dev.forebear.match.BatchJoin;
import dev.forebear.match.BatchJoin.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How much a replay would be, by counting, and how long it would take, by doing some of it. */
final class Estimate {

    private static final int SAMPLE = 500;

    /** Writing, deciding and documents, beside matching: milliseconds of one processor for an upload, as measured. */
    private static final double REST_MILLIS = 1.5;

    /** Share of matching that is screening, which is done once for a pair of models that are both asked about. */
    private static final double SCREENING = 0.6;

    private final Knowledge knowledge;
    private final Questions questions;

    Estimate(Knowledge knowledge, Questions questions) {
        this.knowledge = knowledge;
        this.questions = questions;
    }

    ReplayCount of(List<PastUpload> uploads, Pace pace, ReplayWatch watch) throws IOException {
        Map<Questions.Standing, Long> standings = new EnumMap<>(Questions.Standing.class);
        uploads.forEach(upload -> standings.merge(questions.standing(upload), 1L, Long::sum));
        return new ReplayCount(
                uploads.size(),
                standings.getOrDefault(Questions.Standing.CURRENT, 0L),
                standings.getOrDefault(Questions.Standing.OUTDATED, 0L),
                standings.getOrDefault(Questions.Standing.NOT_ANALYSED, 0L),
                standings.getOrDefault(Questions.Standing.GONE, 0L),
                knowledge.models().size(),
                time(uploads, pace, watch));
    }

    private Duration time(List<PastUpload> uploads, Pace pace, ReplayWatch watch) throws IOException {
        List<PastUpload> sample = new ArrayList<>();
        int stride = Math.max(1, uploads.size() / SAMPLE);
        for (int i = 0; i < uploads.size() && sample.size() < SAMPLE; i += stride) {
            sample.add(uploads.get(i));
        }
        try (ReplayWatch.Part part = watch.begin("matching a sample", ReplayWatch.UNKNOWN)) {
            long start = System.nanoTime();
            BatchJoin join = questions.join();
            long prepared = System.nanoTime();
            List<Question> asked = new ArrayList<>();
            for (PastUpload upload : sample) {
                asked.add(questions.about(upload, join));
            }
            join.answer(asked, pace.threads(), knowledge.uploads().last());
            part.done(sample.size());
            double perUpload = (System.nanoTime() - prepared)
                    / (double) sample.size()
                    * (1 - SCREENING * screenedBefore(uploads.size(), join.size()));
            double all = prepared - start + uploads.size() * (perUpload + REST_MILLIS * 1e6 / pace.threads());
            return Collections.max(List.of(Duration.ofNanos((long) all), pace.atLeast(uploads.size())));
        }
    }

    /** Share of the pairs that the other model's search has screened. */
    private double screenedBefore(int uploads, int references) {
        return questions.areAsOfNow() && references > 0 ? Math.min(uploads, references) / (2.0 * references) : 0;
    }
}
