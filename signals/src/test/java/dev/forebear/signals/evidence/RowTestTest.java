package dev.forebear.signals.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.evidence.RowSample.Positions;
import dev.forebear.signals.evidence.RowSample.Unit;
import dev.forebear.signals.statistics.Rows;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowTestTest {

    @Test
    void addsGateAndUpBeforeStandardising() {
        double[][] rows = random(1);
        double[][] noisy = noisy(rows, 3);
        Evidence both = test(unit(rows, rows, null), unit(noisy, noisy, null));
        Evidence one = test(unit(null, rows, null), unit(null, noisy, null));

        // The same rows twice are no more evidence than once: their numbering is one.
        assertThat(both.log10PValue()).isCloseTo(one.log10PValue(), within(1e-9));
    }

    @Test
    void strangersDoNotAgree() {
        Evidence rows = test(unit(random(1), random(2), random(3)), unit(random(4), random(5), random(6)));
        assertThat(rows.log10PValue()).isGreaterThan(-3);
        assertThat(rows.log10ExactBound()).isGreaterThan(-1);
    }

    @Test
    void valueRowsAloneAreEnough() {
        double[][] value = random(1);
        Evidence rows = test(unit(random(2), random(3), value), unit(random(4), random(5), noisy(value, 6)));
        assertThat(rows.log10PValue()).isLessThan(-20);
    }

    @Test
    void holdsMlpsOfDifferentKindsAgainstEachOtherByValueRowsAlone() {
        double[][] value = random(1);
        Evidence same = test(unit(null, random(2), value), unit(random(3), random(2), value));
        Evidence other = test(unit(null, random(2), value), unit(random(3), random(2), random(4)));
        assertThat(same.log10PValue()).isLessThan(-20);
        assertThat(other.log10PValue()).isGreaterThan(-3);
    }

    @Test
    void readsValueRowsOfHeadsWiderThanTheSample() {
        Positions positions = new Positions(List.of(0), 64, 64, 64);
        RowTest test = RowTest.of(
                new RowSample(List.of(unit(null, random(1), random(2)))),
                new RowSample(List.of(unit(null, random(3), random(2)))),
                positions.exchangeable());
        assertThat(test.evidence().orElseThrow().log10PValue()).isLessThan(-20);
    }

    private static Evidence test(Unit a, Unit b) {
        return RowTest.of(new RowSample(List.of(a)), new RowSample(List.of(b)), 16)
                .evidence()
                .orElseThrow();
    }

    private static Unit unit(double @Nullable [][] gate, double[][] up, double @Nullable [][] value) {
        return new Unit(0, gate, up, value);
    }

    private static double[][] noisy(double[][] rows, long seed) {
        double[][] noise = random(seed);
        for (int i = 0; i < rows.length; i++) {
            Rows.add(rows[i], 1, noise[i]);
        }
        Rows.normalise(noise);
        return noise;
    }

    private static double[][] random(long seed) {
        Random random = new Random(seed);
        double[][] rows = new double[64][128];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian();
            }
        }
        Rows.normalise(rows);
        return rows;
    }
}
