package dev.forebear.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.forebear.signals.statistics.Chance;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NullUniformityTest {

    /** The distance of p = 1/2 and 1/2 from uniform is 1/2, which two uniform values exceed with chance 1/2. */
    @Test
    void equalsHandComputationOnTwoValues() {
        NullUniformity uniformity = NullUniformity.of(List.of(List.of(new double[] {0.5, 0.5})));

        assertThat(uniformity.ksP()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void repetitionsOfOnePairOfTrainingsCountOnce() {
        double[] pair = chances(7, 64, 1);
        NullUniformity once = NullUniformity.of(List.of(List.of(pair)));
        NullUniformity fortyTimes = NullUniformity.of(List.of(Collections.nCopies(40, pair)));

        assertThat(fortyTimes.ksP()).isEqualTo(once.ksP());
        assertThat(fortyTimes.pooledKsP()).isLessThan(once.ksP());
        assertThat(fortyTimes.sampleSize()).isEqualTo(64);
        assertThat(fortyTimes.trainings()).isEqualTo(1);
    }

    @Test
    void passesValuesFromTheNull() {
        assertThat(NullUniformity.of(groups(1)).ksP()).isGreaterThan(0.01);
    }

    @Test
    void noticesValuesThatScatterByAThirdMore() {
        assertThat(NullUniformity.of(groups(1.35)).ksP()).isLessThan(0.01);
    }

    @Test
    void leavesOutPairsWhoseLayersCannotBeHeldAgainstEachOther() {
        NullUniformity uniformity =
                NullUniformity.of(List.of(List.of(new double[] {0.2}, new double[0]), List.of(new double[0])));

        assertThat(uniformity.pValues()).hasSize(1);
        assertThat(uniformity.trainings()).isEqualTo(1);
        assertThat(uniformity.ksP()).as("of a single value").isNaN();
    }

    private static List<List<double[]>> groups(double deviation) {
        return IntStream.range(0, 40)
                .mapToObj(group -> List.of(chances(group, 16, deviation), chances(group + 100, 16, deviation)))
                .toList();
    }

    private static double[] chances(int seed, int count, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToDouble(i -> Math.pow(10, Chance.log10NormalTail(deviation * random.nextGaussian())))
                .toArray();
    }
}
