package dev.forebear.replay.audit;

import dev.forebear.schemas.wire.Evidence;
import java.util.Locale;

/**
 * A statistic as a picture: the bell curve of independently trained models, and where these two models lie. Drawn as
 * the page of the service draws it.
 */
final class BellCurve {

    private static final double WIDTH = 440;
    private static final double HEIGHT = 116;
    private static final double BASELINE = 84;
    private static final double BELL = 58;
    private static final double MARGIN = 14;
    private static final double NOTABLE = 4;
    private static final double ROOM = 1.5;
    private static final double LABEL_ROOM = 70;

    /** Deviations that are drawn to scale; what lies further out is set beyond a break of the axis. */
    private static final double TO_SCALE = 26;

    private final Evidence evidence;
    private final double deviations;
    private final double drawn;
    private final double low;
    private final double high;

    private BellCurve(Evidence evidence) {
        this.evidence = evidence;
        deviations = deviations(evidence);
        drawn = Math.clamp(deviations, -TO_SCALE, TO_SCALE);
        low = Math.min(-NOTABLE, drawn - ROOM);
        high = Math.max(NOTABLE, drawn + ROOM);
    }

    /** Whether there is anything to draw. */
    static boolean canDraw(Evidence evidence) {
        return Double.isFinite(evidence.getValue())
                && Double.isFinite(evidence.getNullMean())
                && Double.isFinite(evidence.getLog10PValue())
                && evidence.getNullDeviation() > 0;
    }

    static Html of(Evidence evidence) {
        return new BellCurve(evidence).picture();
    }

    /**
     * How far out the value lies: the deviations of a bell curve whose tail is as small as the stated chance, since not
     * every null is a bell curve far from its middle. Without a chance, the distance itself.
     */
    private static double deviations(Evidence evidence) {
        return evidence.getLog10PValue() < -1
                ? normalDeviations(evidence.getLog10PValue())
                : (evidence.getValue() - evidence.getNullMean()) / evidence.getNullDeviation();
    }

    /** z with Q(z) = 10^log10, by Newton's method on the logarithm of the tail. */
    static double normalDeviations(double log10) {
        double target = log10 * Math.log(10);
        double z = Math.sqrt(-2 * target);
        for (int i = 0; i < 20; i++) {
            double tail = -z * z / 2 - Math.log(z * Math.sqrt(2 * Math.PI)) - Math.log1p(1 / (z * z + 2));
            z += (tail - target) / (z + 1 / z);
        }
        return z;
    }

    private Html picture() {
        String label = "%s, %s deviations %s the mean of independently trained models"
                .formatted(
                        number(evidence.getValue()), number(Math.abs(deviations)), deviations < 0 ? "below" : "above");
        var svg = new Html()
                .open("svg", "class", "bell", "viewBox", "0 0 440 116", "role", "img", "aria-label", label)
                .empty("path", "class", "bell-area", "d", curve())
                .add(line("bell-axis", MARGIN, WIDTH - MARGIN, BASELINE, BASELINE));
        ticks(svg);
        if (isBroken()) {
            axisBreak(svg, x(drawn * 0.9));
        }
        svg.element(
                "text",
                "independent models",
                "class",
                "bell-label",
                "x",
                at(Math.max(x(0), 62)),
                "y",
                at(HEIGHT - 2),
                "text-anchor",
                "middle");
        marker(svg, x(drawn));
        return svg.close();
    }

    private String curve() {
        var path = new StringBuilder("M" + at(x(-4)) + "," + at(BASELINE));
        for (int tenth = -40; tenth <= 40; tenth++) {
            double d = tenth / 10.0;
            path.append(" L").append(at(x(d))).append(',').append(at(BASELINE - BELL * Math.exp(-d * d / 2)));
        }
        return path.append(" L")
                .append(at(x(4)))
                .append(',')
                .append(at(BASELINE))
                .append(" Z")
                .toString();
    }

    private void ticks(Html svg) {
        double first = isBroken() && deviations < 0 ? low * 0.82 : low;
        double last = isBroken() && deviations > 0 ? high * 0.82 : high;
        int step = last - first > 16 ? 5 : 2;
        for (int tick = (int) Math.ceil(first / step) * step; tick <= last; tick += step) {
            svg.add(line("bell-axis", x(tick), x(tick), BASELINE, BASELINE + 3));
            String words = tick == 0 ? "0" : (tick < 0 ? "−" : "") + Math.abs(tick) + "σ";
            svg.element(
                    "text",
                    words,
                    "class",
                    "bell-tick",
                    "x",
                    at(x(tick)),
                    "y",
                    at(BASELINE + 14),
                    "text-anchor",
                    "middle");
        }
    }

    /** Two strokes through the axis: what lies beyond is not to scale. */
    private static void axisBreak(Html svg, double x) {
        svg.add(line("bell-gap", x - 3, x + 3, BASELINE, BASELINE));
        String strokes =
                "M%s,%s l5,-10 M%s,%s l5,-10".formatted(at(x - 6), at(BASELINE + 5), at(x + 1), at(BASELINE + 5));
        svg.empty("path", "class", "bell-break", "d", strokes);
    }

    private void marker(Html svg, double x) {
        double size = Math.abs(deviations);
        String far = size >= 10 ? String.valueOf(Math.round(size)) : String.format(Locale.ROOT, "%.1f", size);
        svg.open("g", "class", size >= NOTABLE ? "marker notable" : "marker");
        svg.empty("line", "x1", at(x), "x2", at(x), "y1", "22", "y2", at(BASELINE));
        svg.empty("circle", "cx", at(x), "cy", at(BASELINE), "r", "3.6");
        svg.element(
                "text",
                number(evidence.getValue()) + "  ·  " + (deviations < 0 ? "−" : "") + far + "σ",
                "x",
                at(x),
                "y",
                "14",
                "text-anchor",
                x > WIDTH - LABEL_ROOM ? "end" : x < LABEL_ROOM ? "start" : "middle");
        svg.close();
    }

    private boolean isBroken() {
        return Math.abs(deviations) > TO_SCALE;
    }

    private double x(double deviation) {
        return MARGIN + (deviation - low) / (high - low) * (WIDTH - 2 * MARGIN);
    }

    private static Html line(String kind, double fromX, double toX, double fromY, double toY) {
        return new Html().empty("line", "class", kind, "x1", at(fromX), "x2", at(toX), "y1", at(fromY), "y2", at(toY));
    }

    private static String at(double position) {
        return String.format(Locale.ROOT, "%.1f", position);
    }

    /** Three digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 0.001 || size >= 100_000)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
