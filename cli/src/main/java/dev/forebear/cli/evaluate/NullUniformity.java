package dev.forebear.cli.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.hipparchus.distribution.continuous.UniformRealDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether p-values of independent pairs, layer against layer, are uniform. Pairs of the same two trainings (a base and
 * its forty fine-tunes against another base) show nearly the same p-values again and again, which no test of uniformity
 * allows for. Therefore a sample holds one pair of every two trainings; what is stated is the median over many samples,
 * so that every pair takes part and none decides by being picked.
 *
 * @param ksP median of the two-sided Kolmogorov-Smirnov p-values of the samples; NaN with fewer than two p-values
 * @param pooledKsP the same over all pairs as if they were independent, which they are not: too small
 * @param sampleSize p-values in a sample, at most
 * @param trainings number of pairs of trainings, which is the size of a sample in pairs
 * @param pValues all of them, ascending
 */
record NullUniformity(double ksP, double pooledKsP, int sampleSize, int trainings, double[] pValues) {

    private static final int SAMPLES = 201;
    private static final long SEED = 1;
    private static final UniformRealDistribution UNIFORM = new UniformRealDistribution(0, 1);

    /** @param groups p-values of each pair, by pairs of trainings */
    static NullUniformity of(Collection<List<double[]>> groups) {
        List<List<double[]>> chances = groups.stream()
                .map(group -> group.stream().filter(pair -> pair.length > 0).toList())
                .filter(group -> !group.isEmpty())
                .toList();
        double[] all = chances.stream()
                .flatMap(List::stream)
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
        int largest = chances.stream()
                .mapToInt(group ->
                        group.stream().mapToInt(pair -> pair.length).max().orElse(0))
                .sum();
        return new NullUniformity(medianOfSamples(chances), ksP(all), largest, chances.size(), all);
    }

    private static double medianOfSamples(List<List<double[]>> groups) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Double> found = new ArrayList<>();
        for (int sample = 0; sample < SAMPLES; sample++) {
            DoubleStream pValues = groups.stream()
                    .map(group -> group.get(random.nextInt(group.size())))
                    .flatMapToDouble(Arrays::stream);
            found.add(ksP(pValues.toArray()));
        }
        return found.stream().sorted().toList().get(SAMPLES / 2);
    }

    private static double ksP(double[] pValues) {
        return pValues.length < 2
                ? Double.NaN
                : new KolmogorovSmirnovTest().kolmogorovSmirnovTest(UNIFORM, pValues, false);
    }
}
