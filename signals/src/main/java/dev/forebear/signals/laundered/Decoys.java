package dev.forebear.signals.laundered;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What unrelated models reach: the null that function cosines are held against. Those of a registry can only make the
 * bar higher, since {@value #LEAST} tells lineage from a shared initialisation anyway.
 *
 * @param cells pairs of units seen
 * @param feedForward the largest cosine of MLPs among them
 * @param queryKey the largest cosine of attention logits
 * @param tokenFree the largest cosine of value and output after an alignment without tokens; 0 when none was tried
 */
public record Decoys(int cells, double feedForward, double queryKey, double tokenFree) {

    /** The bar without decoys: more than four times what independent models of the zoo reach. */
    public static final double LEAST = 0.25;

    /** Neurons of decoys agree less than this, so that no relative is taken for one. */
    public static final double MOST_AGREEMENT = 0.15;

    /** No decoys at hand. */
    public static final Decoys NONE = new Decoys(0, 0, 0, 0);

    private static final int FEWEST_CELLS = 100;
    private static final double FACTOR = 5;

    /** Of comparisons of either side with models that nobody suspects; those whose neurons agree are left out. */
    public static Decoys of(List<LaunderedComparison> comparisons) {
        List<LaunderedComparison> unrelated = comparisons.stream()
                .filter(compared -> compared.agreement() < MOST_AGREEMENT)
                .toList();
        return new Decoys(
                unrelated.stream().mapToInt(LaunderedComparison::cells).sum(),
                largest(unrelated, LaunderedComparison::feedForward),
                largest(unrelated, LaunderedComparison::queryKey),
                largest(unrelated, LaunderedComparison::tokenFreeValueOutput));
    }

    /** Whether MLPs or attention do more alike than five times the largest decoy and than {@value #LEAST}. */
    public boolean exceededBy(LaunderedComparison compared) {
        return compared.feedForward() >= bar(feedForward) || compared.queryKey() >= bar(queryKey);
    }

    double tokenFreeBar() {
        return Math.max(TokenFreeAlignment.LEAST, TokenFreeAlignment.FACTOR * tokenFree);
    }

    private double bar(double largest) {
        return cells < FEWEST_CELLS ? LEAST : Math.max(LEAST, FACTOR * largest);
    }

    private static double largest(
            List<LaunderedComparison> comparisons, ToDoubleFunction<LaunderedComparison> function) {
        return comparisons.stream()
                .mapToDouble(function)
                .filter(cosine -> !Double.isNaN(cosine))
                .max()
                .orElse(0);
    }
}
