package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Mistake.Measure;
import java.util.List;
import java.util.Locale;

/** What is demanded of the product on any zoo of trained models. */
final class Bars {

    private static final double SMALLEST_KS_P = 0.01;

    private Bars() {}

    static List<Bar> of(Evaluation evaluation) {
        PairScores pairs = evaluation.pairs();
        int independent = pairs.count(Truth.INDEPENDENT);
        int ambiguous = pairs.count(Truth.AMBIGUOUS);
        Share found = pairs.relatedFound();
        return List.of(
                none("independent pairs called related", pairs.count(Measure.FALSE_ACCUSATION), independent),
                none("ambiguous pairs called derived", pairs.count(Measure.AMBIGUOUS_CALLED_DERIVED), ambiguous),
                Bar.atLeast("related pairs found", found.value(), 1, "all", of(found)),
                Bar.atLeast(
                        "area under the ROC curve",
                        pairs.roc().area(),
                        1,
                        "1",
                        number(pairs.roc().area(), 6)),
                Bar.atLeast(
                        "p-values of independent pairs uniform (KS)",
                        pairs.uniformity().ksP(),
                        SMALLEST_KS_P,
                        "p above " + SMALLEST_KS_P,
                        "p = " + number(pairs.uniformity().ksP(), 3)));
    }

    private static Bar none(String measure, int count, int of) {
        return Bar.atMost(measure, of == 0 ? Double.NaN : count, 0, "none", of(new Share(count, of)));
    }

    static String of(Share share) {
        return "%d of %d".formatted(share.count(), share.of());
    }

    static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
