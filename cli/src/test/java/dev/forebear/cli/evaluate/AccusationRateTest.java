package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AccusationRateTest {

    /** Without any accusation the bound solves (1 - rate)^n = 0.05. */
    @Test
    void equalsTheClosedFormWithoutAccusations() {
        assertThat(bound(0, 21)).isCloseTo(1 - Math.pow(0.05, 1 / 21.0), within(1e-6));
        assertThat(bound(0, 130)).as("what 130 pairs of trainings show").isCloseTo(0.0228, within(5e-5));
    }

    /** With one accusation it solves (1 - r)^n + n r (1 - r)^(n-1) = 0.05. */
    @Test
    void isLargerWithAnAccusation() {
        double rate = bound(1, 20);

        assertThat(Math.pow(1 - rate, 20) + 20 * rate * Math.pow(1 - rate, 19)).isCloseTo(0.05, within(1e-6));
    }

    @Test
    void saysNothingOfNothing() {
        assertThat(bound(0, 0)).isNaN();
        assertThat(bound(3, 3)).isEqualTo(1);
    }

    private static double bound(int accused, int of) {
        return new AccusationRate(new Share(accused, of)).upperBound();
    }
}
