package dev.forebear.signals.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.evidence.Evidence;
import dev.forebear.signals.statistics.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
    void valueRowsAreExchangedOnlyInsideTheirHead() {
        // Heads that differ from each other, rows of one head that do not: nothing but the heads agrees.
        double[][] heads = random(1);
        double[][] first = random(2);
        double[][] second = random(3);
        for (int i = 0; i < first.length; i++) {
            Rows.add(heads[i / 16], 3, first[i]);
            Rows.add(heads[i / 16], 3, second[i]);
        }
        assertThat(test(unit(null, random(4), first), unit(null, random(5), second))
                        .log10PValue())
                .isGreaterThan(-3);
    }

    @Test
    void provesDriftedLayersByAllOfThemTogether() {
        List<RowsOfUnit> base = layers(10, 0);
        RowTest drifted = RowTest.of("rows", rows(base, layers(10, 24)));
        RowTest strangers = RowTest.of("rows", rows(base, layers(50, 0)));
        Evidence together = drifted.sameLayers().orElseThrow();

        assertThat(drifted.bestPair().orElseThrow().log10PValue()).isGreaterThan(-9);
        assertThat(together.value()).isBetween(0.03, 0.055);
        assertThat(together.log10PValue()).isLessThan(-12);
        assertThat(together.log10ExactBound()).isLessThan(-3);
        assertThat(strangers.sameLayers().orElseThrow().log10PValue()).isGreaterThan(-3);
    }

    @Test
    void saysNothingOfRowsThatAreAllParallel() {
        double[][] constant = new double[64][128];
        for (int i = 0; i < 64; i++) {
            Arrays.fill(constant[i], i + 1);
        }
        RowTest test = RowTest.of(
                "rows", rows(List.of(unit(null, constant, constant)), List.of(unit(null, constant, constant))));
        assertThat(test.bestPair()).isEmpty();
        assertThat(test.sameLayers()).isEmpty();
        assertThat(test.best()).isEmpty();
    }

    private static Evidence test(RowsOfUnit a, RowsOfUnit b) {
        return RowTest.of("rows", rows(List.of(a), List.of(b))).bestPair().orElseThrow();
    }

    private static CommonRows rows(List<RowsOfUnit> a, List<RowsOfUnit> b) {
        int[] neurons = IntStream.range(0, 64).toArray();
        return new CommonRows(a, b, neurons, neurons, 16);
    }

    private static List<RowsOfUnit> layers(long seed, double noise) {
        return IntStream.range(0, 8)
                .mapToObj(layer -> {
                    double[][] rows = random(seed + layer);
                    double[][] drift = random(seed + layer + 100);
                    for (int i = 0; i < rows.length; i++) {
                        Rows.add(drift[i], noise, rows[i]);
                    }
                    return new RowsOfUnit(layer, null, UnitRows.of(rows), null, null);
                })
                .toList();
    }

    private static RowsOfUnit unit(double @Nullable [][] gate, double[][] up, double @Nullable [][] value) {
        return new RowsOfUnit(
                0,
                gate == null ? null : UnitRows.of(gate),
                UnitRows.of(up),
                null,
                value == null ? null : UnitRows.of(value));
    }

    private static double[][] noisy(double[][] rows, long seed) {
        double[][] noise = random(seed);
        for (int i = 0; i < rows.length; i++) {
            Rows.add(rows[i], 1, noise[i]);
        }
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
