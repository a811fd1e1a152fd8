package dev.forebear.match;

import dev.forebear.match.BatchJoin.Answer;
import dev.forebear.match.BatchJoin.Question;
import java.time.Instant;
import java.util.List;

/**
 * A {@link BatchJoin} that is asked batch after batch about the very models that it knows, and screens each pair of
 * them once: what is found for the one is remembered until the other is asked about. Answers are the same as of the
 * join itself, whatever was asked before. For one thread at a time; of no use after a failure.
 */
public final class SuccessiveJoin {

    private final BatchJoin join;
    private final EarlierPairs earlier;

    SuccessiveJoin(BatchJoin join, EarlierPairs earlier) {
        this.join = join;
        this.earlier = earlier;
    }

    /** As {@link BatchJoin#answer}. */
    public List<Answer> answer(List<Question> questions, int threads, Instant reportedAt) {
        return join.answer(questions, threads, reportedAt, earlier);
    }
}
