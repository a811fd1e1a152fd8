package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.ScreenPlan.Span;
import java.util.Arrays;
import java.util.List;

/**
 * Screens rows of one layout against all rows of another: two that are asked about at a time, statistic by statistic,
 * so that each kind of loop runs for long.
 */
final class PairScreen {

    private final ScreenPlan plan;
    private final ScreenRows asked;
    private final double[] z;
    private final ScreenRows others;
    private final RowStatistics widest;
    private final Side first;
    private final Side second;

    /** @param z of each row that is asked about the least statistic of interest */
    PairScreen(ScreenPlan plan, ScreenRows asked, double[] z, ScreenRows others) {
        this.plan = plan;
        this.asked = asked;
        this.z = z;
        this.others = others;
        this.widest = others.widest();
        this.first = new Side(others.size());
        this.second = new Side(others.size());
    }

    /** One of the two rows that are asked about, with what is found of it against each of the others. */
    private static final class Side {

        private final int[] sums;
        private final int[] totals;
        private final int[] parts;

        Side(int others) {
            sums = new int[others + 1]; // two by two, so that of an odd number there is one more
            totals = new int[others + 1];
            parts = new int[others + 1];
        }

        void addDecoded() {
            for (int i = 0; i < totals.length; i++) {
                totals[i] += PairedShorts.decoded(sums[i]);
            }
        }

        void mark(int part, int least) {
            for (int i = 0; i < parts.length; i++) {
                parts[i] |= totals[i] >= least ? part : 0;
            }
            Arrays.fill(totals, 0);
        }

        void markSigns(int most) {
            for (int i = 0; i < parts.length; i++) {
                parts[i] |= sums[i] <= most ? EvidenceScreen.FUNCTIONS : 0;
            }
        }
    }

    void search(EvidenceScreen.Suspects to) {
        for (int row = 0; row < asked.size(); row += 2) {
            int next = Math.min(row + 1, asked.size() - 1);
            screen(row, next);
            report(first, row, to);
            if (next > row) {
                report(second, next, to);
            }
        }
    }

    private void report(Side side, int row, EvidenceScreen.Suspects to) {
        for (int other = 0; other < others.size(); other++) {
            if (side.parts[other] != 0) {
                to.suspect(row, other, side.parts[other]);
            }
        }
    }

    private void screen(int row, int next) {
        Arrays.fill(first.parts, 0);
        Arrays.fill(second.parts, 0);
        RowStatistics one = asked.statistics(row);
        RowStatistics other = asked.statistics(next);
        if (plan.gateUp()) {
            sketches(row, next, ScreenRows.GATE_UP_AT);
            first.mark(EvidenceScreen.GATE_UP, one.gateUp().leastProduct(widest.gateUp(), z[row]));
            second.mark(EvidenceScreen.GATE_UP, other.gateUp().leastProduct(widest.gateUp(), z[next]));
        }
        if (plan.value()) {
            sketches(row, next, ScreenRows.VALUE_AT);
            first.mark(EvidenceScreen.VALUE, one.value().leastProduct(widest.value(), z[row]));
            second.mark(EvidenceScreen.VALUE, other.value().leastProduct(widest.value(), z[next]));
        }
        if (plan.layers() > 0) {
            for (Span chunk : plan.neurons()) {
                products(row, next, chunk);
            }
            first.mark(EvidenceScreen.NEURONS, leastOfNeurons(one, z[row]));
            second.mark(EvidenceScreen.NEURONS, leastOfNeurons(other, z[next]));
        }
        signs(row, next, plan.functionSigns(), plan.mostFunctionSigns());
        signs(row, next, plan.geometrySigns(), plan.mostGeometrySigns());
    }

    private int leastOfNeurons(RowStatistics row, double leastZ) {
        return row.neurons().leastOfHalves(widest.neurons(), plan.layers(), plan.neuronsOfLayer(), leastZ);
    }

    private void sketches(int row, int next, int at) {
        products(row, next, new Span(at, ScreenRows.SKETCH));
    }

    private void products(int row, int next, Span span) {
        PairedShorts.products(
                asked.numbers(),
                asked.numbersOf(row) + span.from(),
                asked.numbersOf(next) + span.from(),
                others.numbers(),
                others.numbersOf(0) + span.from(),
                others.numbersOf(1),
                others.size(),
                span.length(),
                first.sums,
                second.sums);
        first.addDecoded();
        second.addDecoded();
    }

    private void signs(int row, int next, List<Span> spans, int most) {
        for (Span span : spans) {
            SignBits.differing(
                    asked.signs(),
                    asked.signsOf(row) + span.from(),
                    asked.signsOf(next) + span.from(),
                    others.signs(),
                    others.signsOf(0) + span.from(),
                    others.signsOf(1),
                    others.size(),
                    span.length(),
                    first.sums,
                    second.sums);
            first.markSigns(most);
            second.markSigns(most);
        }
    }
}
