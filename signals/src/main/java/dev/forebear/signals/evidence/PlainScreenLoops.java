package dev.forebear.signals.evidence;

import dev.forebear.signals.evidence.ScreenPlan.Span;

/** Loops that the compiler vectorises: row against row, two by two. */
final class PlainScreenLoops implements ScreenLoops {

    @Override
    public int ofAsked(int first, int second) {
        return PairedShorts.swapped(first, second);
    }

    @Override
    public int ofOther(int first, int second) {
        return PairedShorts.straight(first, second);
    }

    @Override
    public boolean positionAfterPosition() {
        return false;
    }

    @Override
    public int rows(int models) {
        return models;
    }

    @Override
    public void products(ScreenRows asked, int[] rows, ScreenRows others, Span span, int[][] sums) {
        for (int i = 0; i < ASKED; i += 2) {
            PairedShorts.products(
                    asked.numbers(),
                    asked.numberAt(rows[i], span.from()),
                    asked.numberAt(rows[i + 1], span.from()),
                    others.numbers(),
                    others.numberAt(0, span.from()),
                    others.numberAt(1, 0),
                    others.size(),
                    span.length(),
                    sums[i],
                    sums[i + 1]);
        }
    }

    @Override
    public int decoded(int sum) {
        return PairedShorts.decoded(sum);
    }

    @Override
    public void differing(ScreenRows asked, int[] rows, ScreenRows others, Span span, int[][] sums) {
        for (int i = 0; i < ASKED; i += 2) {
            SignBits.differing(
                    asked.signs(),
                    asked.signsAt(rows[i], span.from()),
                    asked.signsAt(rows[i + 1], span.from()),
                    others.signs(),
                    others.signsAt(0, span.from()),
                    others.signsAt(1, 0),
                    others.size(),
                    span.length(),
                    sums[i],
                    sums[i + 1]);
        }
    }
}
