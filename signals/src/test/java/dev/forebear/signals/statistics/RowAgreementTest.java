package dev.forebear.signals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowAgreementTest {

    @Test
    void excessAndVarianceAreThoseOverAllRelabellings() {
        double[][] similarity = random(5, 1);
        List<Double> traces = traces(similarity);
        double mean = traces.stream().mapToDouble(x -> x).average().orElseThrow();
        double variance = traces.stream()
                .mapToDouble(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        double trace = 0;
        for (int i = 0; i < 5; i++) {
            trace += similarity[i][i];
        }

        RowAgreement agreement = RowAgreement.of(similarity);

        assertThat(agreement.excess()).isCloseTo(trace - mean, within(1e-12));
        assertThat(agreement.variance()).isCloseTo(variance, within(1e-12));
    }

    @Test
    void countsUnitsThatAreTheirOwnBestMatch() {
        double[][] similarity = {{0.9, 0.1, 0.2}, {0.1, -0.8, 0.3}, {0.5, 0.1, 0.4}};
        assertThat(RowAgreement.of(similarity).fixedPoints()).isEqualTo(2);
    }

    @Test
    void equalSimilaritiesAreNoAgreement() {
        RowAgreement agreement = RowAgreement.of(new double[4][4]);
        assertThat(agreement.z()).isZero();
        assertThat(agreement.fixedPoints()).isZero();
    }

    @Test
    void relabellingIsExactForFewUnits() {
        double[][] similarity = random(5, 7);
        List<Double> traces = traces(similarity);
        double observed = traces.getFirst();
        double exact =
                traces.stream().filter(trace -> trace >= observed - 1e-12).count() / 120.0;

        assertThat(Math.pow(10, Relabellings.log10Bound(similarity))).isCloseTo(exact, within(0.02));
    }

    @Test
    void relabellingNeverClaimsMoreThanItTried() {
        double[][] identity = new double[16][16];
        for (int i = 0; i < 16; i++) {
            identity[i][i] = 1;
        }
        assertThat(Relabellings.log10Bound(identity)).isCloseTo(-Math.log10(10_001), within(1e-12));
    }

    @Test
    void relabellingOfEqualSimilaritiesProvesNothing() {
        assertThat(Relabellings.log10Bound(new double[16][16])).isZero();
    }

    @Test
    void permutationsAreUniform() {
        RandomPermutation permutation = new RandomPermutation(4, 99);
        int[] counts = new int[256];
        for (int i = 0; i < 24_000; i++) {
            int[] order = permutation.next();
            counts[order[0] * 64 + order[1] * 16 + order[2] * 4 + order[3]]++;
        }
        assertThat(IntStream.of(counts).filter(count -> count > 0).boxed())
                .hasSize(24)
                .allSatisfy(count -> assertThat(count).isBetween(850, 1_150));
    }

    /** The trace of every relabelling, the present one first. */
    private static List<Double> traces(double[][] similarity) {
        List<Double> traces = new ArrayList<>();
        collect(similarity, 0, new boolean[similarity.length], 0, traces);
        return traces;
    }

    private static void collect(double[][] similarity, int row, boolean[] used, double sum, List<Double> into) {
        if (row == similarity.length) {
            into.add(sum);
            return;
        }
        for (int column = 0; column < used.length; column++) {
            if (!used[column]) {
                used[column] = true;
                collect(similarity, row + 1, used, sum + similarity[row][column], into);
                used[column] = false;
            }
        }
    }

    private static double[][] random(int size, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[size][size];
        for (double[] row : matrix) {
            for (int i = 0; i < size; i++) {
                row[i] = random.nextGaussian() + i;
            }
        }
        return matrix;
    }
}
