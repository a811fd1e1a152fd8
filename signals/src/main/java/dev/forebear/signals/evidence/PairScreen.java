package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.ScreenPlan.Span;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Screens rows of one layout against all rows of another: some that are asked about at a time, statistic by statistic,
 * so that each kind of loop runs for long.
 */
final class PairScreen {

    private final ScreenPlan plan;
    private final ScreenRows asked;
    private final double[] z;
    private final ScreenRows others;
    private final ScreenLoops loops;
    private final RowStatistics widest;
    private final Side[] sides = new Side[ScreenLoops.ASKED];
    private final int[][] sums = new int[ScreenLoops.ASKED][];

    /** @param z of each row that is asked about the least statistic of interest */
    PairScreen(ScreenPlan plan, ScreenRows asked, double[] z, ScreenRows others) {
        this.plan = plan;
        this.asked = asked;
        this.z = z;
        this.others = others;
        this.loops = asked.loops();
        this.widest = others.widest();
        for (int i = 0; i < sides.length; i++) {
            sides[i] = new Side(loops.rows(others.size()) + 1);
            sums[i] = sides[i].sums;
        }
    }

    /** One of the rows that are asked about, with what is found of it against each of the others. */
    private static final class Side {

        private final int[] sums;
        private final int[] totals;
        private final int[] parts;

        Side(int length) {
            sums = new int[length];
            totals = new int[length];
            parts = new int[length];
        }

        void addDecoded(ScreenLoops loops) {
            for (int i = 0; i < totals.length; i++) {
                totals[i] += loops.decoded(sums[i]);
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
        int[] rows = new int[sides.length];
        for (int row = 0; row < asked.size(); row += rows.length) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Math.min(row + i, asked.size() - 1);
            }
            screen(rows);
            for (int i = 0; i < rows.length && row + i < asked.size(); i++) {
                report(sides[i], rows[i], to);
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

    private void screen(int[] rows) {
        for (Side side : sides) {
            Arrays.fill(side.parts, 0);
        }
        if (plan.gateUp()) {
            sketches(rows, ScreenRows.GATE_UP_AT);
            mark(
                    EvidenceScreen.GATE_UP,
                    rows,
                    row -> asked.statistics(row).gateUp().leastProduct(widest.gateUp(), z[row]));
        }
        if (plan.value()) {
            sketches(rows, ScreenRows.VALUE_AT);
            mark(
                    EvidenceScreen.VALUE,
                    rows,
                    row -> asked.statistics(row).value().leastProduct(widest.value(), z[row]));
        }
        if (plan.layers() > 0) {
            for (Span chunk : plan.neurons()) {
                products(rows, chunk);
            }
            mark(EvidenceScreen.NEURONS, rows, this::leastOfNeurons);
        }
        signs(rows, plan.functionSigns(), plan.mostFunctionSigns());
        signs(rows, plan.geometrySigns(), plan.mostGeometrySigns());
    }

    private void mark(int part, int[] rows, IntUnaryOperator leastOfRow) {
        for (int i = 0; i < sides.length; i++) {
            sides[i].mark(part, leastOfRow.applyAsInt(rows[i]));
        }
    }

    private int leastOfNeurons(int row) {
        return asked.statistics(row)
                .neurons()
                .leastOfHalves(widest.neurons(), plan.layers(), plan.neuronsOfLayer(), z[row]);
    }

    private void sketches(int[] rows, int at) {
        for (int part = 0; part < ScreenRows.PARTS; part++) {
            products(rows, new Span(at + part * ScreenRows.PART_STRIDE, ScreenRows.PART));
        }
    }

    private void products(int[] rows, Span span) {
        loops.products(asked, rows, others, span, sums);
        for (Side side : sides) {
            side.addDecoded(loops);
        }
    }

    private void signs(int[] rows, List<Span> spans, int most) {
        for (Span span : spans) {
            loops.differing(asked, rows, others, span, sums);
            for (Side side : sides) {
                side.markSigns(most);
            }
        }
    }
}
