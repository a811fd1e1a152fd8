package dev.forebear.match;

import dev.forebear.signals.FingerprintComparison.Compared;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the models that share most function with the one asked about, and no more than so many. */
final class Nominees {

    private record Nominee(IndexedModel model, double sharedFunction) {}

    private static final Comparator<Nominee> BEST_FIRST = Comparator.comparingDouble(
                    (Nominee one) -> -one.sharedFunction())
            .thenComparing(one -> one.model().model().getModelVersionId());

    private final int most;
    private final PriorityQueue<Nominee> kept = new PriorityQueue<>(BEST_FIRST.reversed());

    Nominees(int most) {
        this.most = most;
    }

    /** @param sharedFunction NaN, or below what is worth confirming, is left out */
    void offer(IndexedModel model, double sharedFunction) {
        if (sharedFunction >= Compared.SMALLEST_NOMINATING_FUNCTION) {
            kept.add(new Nominee(model, sharedFunction));
            if (kept.size() > most) {
                kept.remove();
            }
        }
    }

    List<IndexedModel> best() {
        return kept.stream().sorted(BEST_FIRST).map(Nominee::model).toList();
    }
}
