package dev.forebear.cli.evaluate;

import dev.forebear.cli.evaluate.Mistake.Measure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is demanded of the product on any zoo of trained models. */
final class Bars {

    private static final double SMALLEST_KS_P = 0.01;

    private static final double SMALLEST_ACCURACY = 0.95;
    private static final double SMALLEST_DIRECTION_ACCURACY = 0.97;
    private static final double LARGEST_ABSTENTION = 0.2;

    private Bars() {}

    static List<Bar> of(Evaluation evaluation) {
        return Stream.concat(of(evaluation.pairs()).stream(), of(evaluation.children()).stream())
                .toList();
    }

    private static List<Bar> of(PairScores pairs) {
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

    private static List<Bar> of(ChildScores children) {
        return List.of(
                share("kind named right, child and parent", children.kinds(), SMALLEST_ACCURACY),
                share("direct parents right, in order of upload", children.parents(), SMALLEST_ACCURACY),
                Bar.atMost(
                        "largest error of a merge weight",
                        children.largestShareError(),
                        ChildMistakes.LARGEST_SHARE_ERROR,
                        "at most " + ChildMistakes.LARGEST_SHARE_ERROR,
                        number(children.largestShareError(), 4)),
                share("direction right where decided", children.directions(), SMALLEST_DIRECTION_ACCURACY),
                Bar.atMost(
                        "direction not decided",
                        children.abstentions().value(),
                        LARGEST_ABSTENTION,
                        "at most " + percent(LARGEST_ABSTENTION),
                        of(children.abstentions())),
                none(
                        "directions between siblings",
                        children.count(Measure.SIBLING_DIRECTION),
                        children.children().size()));
    }

    private static Bar share(String measure, Share share, double least) {
        return Bar.atLeast(measure, share.value(), least, "at least " + percent(least), of(share));
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
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
