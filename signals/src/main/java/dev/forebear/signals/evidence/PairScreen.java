package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.ScreenPlan.Span;
import java.util.List;

/** Screens rows of one layout against rows of another, two by two. */
final class PairScreen {

    private static final int PAIRS = 4;

    private final ScreenPlan plan;
    private final ScreenRows asked;
    private final double[] z;
    private final ScreenRows others;
    private final RowStatistics widest;
    private final int[] sums = new int[PAIRS];
    private final int[] totals = new int[PAIRS];
    private int positions;
    private int neurons;
    private int functions;

    /** @param z of each row that is asked about the least statistic of interest */
    PairScreen(ScreenPlan plan, ScreenRows asked, double[] z, ScreenRows others) {
        this.plan = plan;
        this.asked = asked;
        this.z = z;
        this.others = others;
        this.widest = others.widest();
    }

    /** What the statistics of a row must reach. */
    private record Least(int gateUp, int value, int neurons) {}

    void search(EvidenceScreen.Suspects to) {
        for (int i = 0; i < asked.size(); i += 2) {
            int second = Math.min(i + 1, asked.size() - 1);
            Least leastOfFirst = least(i);
            Least leastOfSecond = least(second);
            for (int j = 0; j < others.size(); j += 2) {
                int last = Math.min(j + 1, others.size() - 1);
                screen(i, second, j, last, leastOfFirst, leastOfSecond);
                if ((positions | neurons | functions) != 0) {
                    report(i, second, j, last, to);
                }
            }
        }
    }

    private Least least(int row) {
        RowStatistics statistics = asked.statistics(row);
        return new Least(
                statistics.gateUp().leastProduct(widest.gateUp(), z[row]),
                statistics.value().leastProduct(widest.value(), z[row]),
                statistics.neurons().leastOfHalves(widest.neurons(), plan.layers(), plan.neuronsOfLayer(), z[row]));
    }

    private void report(int first, int second, int one, int other, EvidenceScreen.Suspects to) {
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean repeated = pair % 2 == 1 && second == first || pair / 2 == 1 && other == one;
            int parts = (positions >> pair & 1) * EvidenceScreen.POSITIONS
                    | (neurons >> pair & 1) * EvidenceScreen.NEURONS
                    | (functions >> pair & 1) * EvidenceScreen.FUNCTIONS;
            if (parts != 0 && !repeated) {
                to.suspect(pair % 2 == 0 ? first : second, pair / 2 == 0 ? one : other, parts);
            }
        }
    }

    private void screen(int first, int second, int one, int other, Least leastOfFirst, Least leastOfSecond) {
        positions = 0;
        neurons = 0;
        functions = 0;
        int a = asked.numbersOf(first);
        int b = asked.numbersOf(second);
        int c = others.numbersOf(one);
        int d = others.numbersOf(other);
        if (plan.gateUp()) {
            sketches(a, b, c, d, ScreenRows.GATE_UP_AT);
            positions |= reaching(leastOfFirst.gateUp(), leastOfSecond.gateUp());
        }
        if (plan.value()) {
            sketches(a, b, c, d, ScreenRows.VALUE_AT);
            positions |= reaching(leastOfFirst.value(), leastOfSecond.value());
        }
        if (plan.layers() > 0) {
            neurons(a, b, c, d);
            neurons = reaching(leastOfFirst.neurons(), leastOfSecond.neurons());
        }
        signs(first, second, one, other, plan.functionSigns(), plan.mostFunctionSigns());
        signs(first, second, one, other, plan.geometrySigns(), plan.mostGeometrySigns());
    }

    private void sketches(int a, int b, int c, int d, int at) {
        PairedShorts.products(
                asked.numbers(), a + at, b + at, others.numbers(), c + at, d + at, ScreenRows.SKETCH, sums);
        for (int pair = 0; pair < PAIRS; pair++) {
            totals[pair] = PairedShorts.decoded(sums[pair]);
        }
    }

    private void neurons(int a, int b, int c, int d) {
        for (int pair = 0; pair < PAIRS; pair++) {
            totals[pair] = 0;
        }
        for (int chunk = 0; chunk < plan.neurons().size(); chunk++) {
            Span span = plan.neurons().get(chunk);
            int at = span.from();
            PairedShorts.products(
                    asked.numbers(), a + at, b + at, others.numbers(), c + at, d + at, span.length(), sums);
            for (int pair = 0; pair < PAIRS; pair++) {
                totals[pair] += PairedShorts.decoded(sums[pair]);
            }
        }
    }

    /** A bit for each of the four pairs whose total is large enough. */
    private int reaching(int leastOfFirst, int leastOfSecond) {
        return (totals[0] >= leastOfFirst ? 1 : 0)
                | (totals[1] >= leastOfSecond ? 2 : 0)
                | (totals[2] >= leastOfFirst ? 4 : 0)
                | (totals[3] >= leastOfSecond ? 8 : 0);
    }

    private void signs(int first, int second, int one, int other, List<Span> spans, int most) {
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            SignBits.differing(
                    asked.signs(),
                    asked.signsOf(first) + span.from(),
                    asked.signsOf(second) + span.from(),
                    others.signs(),
                    others.signsOf(one) + span.from(),
                    others.signsOf(other) + span.from(),
                    span.length(),
                    sums);
            functions |= (sums[0] <= most ? 1 : 0)
                    | (sums[1] <= most ? 2 : 0)
                    | (sums[2] <= most ? 4 : 0)
                    | (sums[3] <= most ? 8 : 0);
        }
    }
}
