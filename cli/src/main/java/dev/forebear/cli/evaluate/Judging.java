package dev.forebear.cli.evaluate;

import dev.forebear.cli.console.Quantities;
import dev.forebear.cli.evaluate.PairOutcome.Judged;
import dev.forebear.cli.evaluate.PairOutcome.NotCompared;
import dev.forebear.signals.CheckpointComparison;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Judgement;
import dev.forebear.signals.Verdict;
import dev.forebear.signals.evidence.Evidence;
import java.util.Locale;

/** Turns the product's words about two models into an outcome that can be scored. */
final class Judging {

    /** Claims are this far apart, further than any E-value reaches. */
    private static final double CLAIM = 1_000;

    private Judging() {}

    static PairOutcome outcome(int earlier, int later, CheckpointComparison compared, Judgement judgement) {
        if (judgement.verdict() == Verdict.NOT_COMPARABLE) {
            return new NotCompared(earlier, later, String.join("; ", compared.notComparable()));
        }
        return new Judged(
                earlier,
                later,
                judgement.verdict(),
                strength(judgement),
                judgement.log10EValue(),
                evidence(compared.compared(), judgement),
                pValues(compared));
    }

    private static double strength(Judgement judgement) {
        double claim =
                switch (judgement.verdict()) {
                    case SAME_WEIGHTS -> 3;
                    case DERIVED, SHARES_AN_ANCESTOR -> 2;
                    case SHARED_INITIALISATION_OR_LINEAGE -> 1;
                    case NO_EVIDENCE, NOT_COMPARABLE -> 0;
                };
        double sure = -judgement.log10EValue();
        return CLAIM * claim + (Double.isNaN(sure) ? 0 : sure);
    }

    private static String evidence(Compared compared, Judgement judgement) {
        String strongest = compared.evidence().isEmpty()
                ? "no statistic"
                : describe(compared.evidence().getFirst());
        return "%s; expected by chance %s, exact bound %s; shared function %s"
                .formatted(
                        strongest,
                        Quantities.expected(judgement.log10EValue()),
                        Quantities.chance(compared.log10ExactBound()),
                        Double.isNaN(compared.sharedFunction()) ? "not comparable" : fixed(compared.sharedFunction()));
    }

    private static String describe(Evidence evidence) {
        return evidence.signal() + " " + fixed(evidence.value());
    }

    private static String fixed(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static double[] pValues(CheckpointComparison compared) {
        return compared.layerPValues().stream()
                .flatMap(family -> family.values().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
