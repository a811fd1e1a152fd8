package dev.forebear.signals.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PermanentBoundTest {

    private static final double LOG10_OF_8_FACTORIAL = 4.605521;

    @RepeatedTest(20)
    void isNeverBelowTheShareOfAllRelabellings(RepetitionInfo repetition) {
        double[][] similarity = agreeing(6, repetition.getCurrentRepetition(), repetition.getCurrentRepetition() % 4);
        double exact = shareReaching(similarity);
        assertThat(Math.pow(10, PermanentBound.log10(similarity))).isGreaterThanOrEqualTo(exact * (1 - 1e-9));
    }

    @RepeatedTest(10)
    void isNeverBelowTheShareOfManyRelabellings(RepetitionInfo repetition) {
        double[][] similarity = agreeing(16, repetition.getCurrentRepetition(), 0.5);
        // Simulation cannot tell less than 1 in 10,000; 1.3 leaves room for what it scatters above 1 in 1,000.
        double simulated = Math.max(1e-3, Math.pow(10, Relabellings.log10Bound(similarity)));
        assertThat(Math.max(1e-3, 1.3 * Math.pow(10, PermanentBound.log10(similarity))))
                .isGreaterThanOrEqualTo(simulated);
    }

    @Test
    void endsAtOneInAllRelabellingsInsideTheBlocks() {
        double[][] identity = agreeing(16, 1, 1e6);
        assertThat(PermanentBound.log10(identity)).isBetween(-2 * LOG10_OF_8_FACTORIAL - 1e-6, -5.0);
        double[][] eight = agreeing(8, 1, 1e6);
        assertThat(PermanentBound.log10(eight)).isCloseTo(-LOG10_OF_8_FACTORIAL, within(1e-3));
    }

    @Test
    void needsNoMoreAgreementThanSimulationDoes() {
        for (int seed = 0; seed < 20; seed++) {
            double[][] similarity = agreeing(16, seed, 2);
            assertThat(PermanentBound.log10(similarity)).as("seed %d", seed).isLessThan(-3.5);
        }
    }

    @Test
    void claimsNothingWithoutAgreement() {
        assertThat(PermanentBound.log10(new double[16][16])).isZero();
        assertThat(PermanentBound.log10(new double[0][0])).isZero();
        assertThat(PermanentBound.log10(agreeing(16, 3, -1))).isZero();
        assertThat(PermanentBound.log10(new double[][] {{1}})).isZero();
    }

    @Test
    void staysFiniteForHugeSimilarities() {
        double[][] similarity = agreeing(16, 5, 1);
        for (double[] row : similarity) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= 1e300;
            }
        }
        assertThat(PermanentBound.log10(similarity)).isBetween(-10.0, 0.0);
    }

    /** Standard normal similarities, the diagonal larger by so much. */
    private static double[][] agreeing(int units, long seed, double agreement) {
        Random random = new Random(seed);
        double[][] similarity = new double[units][units];
        for (int i = 0; i < units; i++) {
            for (int j = 0; j < units; j++) {
                similarity[i][j] = random.nextGaussian() + (i == j ? agreement : 0);
            }
        }
        return similarity;
    }

    private static double shareReaching(double[][] similarity) {
        double observed = 0;
        for (int i = 0; i < similarity.length; i++) {
            observed += similarity[i][i];
        }
        double all = Math.pow(10, -Chance.log10FixedPoints(similarity.length));
        return reaching(similarity, 0, 0, 0, observed - 1e-9) / all;
    }

    private static int reaching(double[][] similarity, int row, int used, double sum, double observed) {
        if (row == similarity.length) {
            return sum >= observed ? 1 : 0;
        }
        int reaching = 0;
        for (int column = 0; column < similarity.length; column++) {
            if ((used >>> column & 1) == 0) {
                double next = sum + similarity[row][column];
                reaching += reaching(similarity, row + 1, used | 1 << column, next, observed);
            }
        }
        return reaching;
    }
}
