package dev.forebear.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures comparisons of fingerprints, then the packaged program from outside, and prints a table: minimum, median and
 * maximum over the runs, beside what is aimed at. Run from the root of the project, on a machine that does nothing
 * else. The argument {@code kernels} prints the loops over weights instead.
 */
public final class Benchmarks {

    private static final int RUNS = 3;
    private static final int UPLOADS = 40;
    private static final PrintStream OUT = System.out;
    private static final String KERNELS = "kernels";

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        OUT.printf(
                "%s %s, %d processors, Java %s%n%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        if (List.of(args).equals(List.of(KERNELS))) {
            new Kernels(OUT).print();
            return;
        }
        OUT.printf("%-48s %9s %9s %9s   %s%n", "", "min", "median", "max", "aim");
        comparisons();
        confirmations();
        print("demo --exit, s", demo(), "60");
        startAndMemory();
        try (var upload = new UploadToAlert()) {
            print("upload of a 0.8 MB model to alert, ms", upload.latencies(UPLOADS), "median 1000");
        }
    }

    private static void comparisons() throws IOException {
        var comparisons = new Comparisons("base-a");
        print("compare independent models, µs", comparisons.microseconds("base-b"), "20");
        print("compare a fine-tuned model, µs", comparisons.microseconds("base-a-cpt"), "20");
        print("compare a rotated copy, µs", comparisons.microseconds("base-a-adv-rotated"), "20");
        print("compare a reordered copy, µs", comparisons.microseconds("base-a-adv-all"), "20");
        print("screen of one model, ns", comparisons.screenNanoseconds("base-b"), "1000");
    }

    private static void confirmations() throws IOException {
        List<Double> megabytes = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Confirmation confirmation = Confirmation.measure();
            megabytes.add(confirmation.megabytes());
            seconds.add(confirmation.seconds());
        }
        print("confirm a pair of 7B, MB read", megabytes, "600");
        print("confirm a pair of 7B, s", seconds, "60");
    }

    private static List<Double> demo() throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            var start = Instant.now();
            try (var demo = new Program(List.of("demo", "--exit"), List.of())) {
                demo.awaitLine("^39 models: ", Duration.ofMinutes(5));
                demo.awaitEnd();
            }
            seconds.add(secondsSince(start));
        }
        return seconds;
    }

    private static void startAndMemory() throws IOException, InterruptedException {
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> resident = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Path data = Files.createTempDirectory("forebear-benchmark-");
            first.add(start(data, resident));
            again.add(start(data, resident));
        }
        print("up ready, first start, s", first, "15");
        print("up ready, on existing data, s", again, "15");
        print("up resident after 20 s idle, MiB", resident, "700");
    }

    private static double start(Path data, List<Double> resident) throws IOException, InterruptedException {
        var start = Instant.now();
        try (var up = new Program(Program.upOn(data), List.of())) {
            up.awaitLine("^Forebear is ready", Duration.ofMinutes(2));
            double seconds = secondsSince(start);
            Thread.sleep(Duration.ofSeconds(20));
            resident.add(up.residentMebibytes());
            return seconds;
        }
    }

    private static double secondsSince(Instant start) {
        return Duration.between(start, Instant.now()).toMillis() / 1000.0;
    }

    private static void print(String what, List<Double> values, String aim) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        OUT.printf(
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
