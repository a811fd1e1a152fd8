package dev.forebear.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what was measured: minimum, median and maximum over the runs, beside what is aimed at. */
final class Results {

    private final PrintStream out;

    Results(PrintStream out) {
        this.out = out;
    }

    /** Says on what machine this runs. */
    void machine() {
        out.printf(
                "%s %s, %d processors, Java %s%n%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    }

    /** Heads the columns. */
    void columns() {
        out.printf("%-48s %9s %9s %9s   %s%n", "", "min", "median", "max", "aim");
    }

    void print(String what, List<Double> values, String aim) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        out.printf(
                Locale.ROOT,
                "%-48s %9.1f %9.1f %9.1f   %s%n",
                what + " (n = " + sorted.length + ")",
                sorted[0],
                median(sorted),
                Arrays.stream(sorted).max().orElseThrow(),
                aim);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
