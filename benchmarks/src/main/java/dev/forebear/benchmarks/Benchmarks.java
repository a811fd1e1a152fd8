package dev.forebear.benchmarks;

import dev.forebear.schemas.WireTrust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures comparisons of fingerprints and reading, then the packaged program from outside, and prints a table:
 * minimum, median and maximum over the runs, beside what is aimed at. Run from the root of the project, on a machine
 * that does nothing else. The argument {@code kernels} prints the loops over weights instead, {@code reading} what
 * large models cost to read, {@code webhooks} how many signed webhooks the ingest service takes, {@code dashboard} how
 * soon the read model of a large registry answers and how many reports a policy is held against a second, {@code storm}
 * what becomes of ten thousand findings on one ancestor, {@code join} how long it takes to hold every model of a
 * registry against all of it, {@code replay} how long a replay by the program takes, and live uploads beside it. A
 * folder after {@code dashboard} or {@code replay} is filled once and used again by later runs; after it, or after
 * {@code join}, may stand how many models, and after that of {@code join} the percentage that descends from one base.
 */
public final class Benchmarks {

    private static final int RUNS = 3;
    private static final int WARM_UP = 10;
    private static final int UPLOADS = 40;
    private static final Results RESULTS = new Results(System.out);
    private static final String KERNELS = "kernels";
    private static final String READING = "reading";
    private static final String WEBHOOKS = "webhooks";
    private static final String DASHBOARD = "dashboard";
    private static final String STORM = "storm";
    private static final String JOIN = "join";
    private static final String REPLAY = "replay";
    private static final int REPLAYED_MODELS = 100_000;

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        WireTrust.establish();
        RESULTS.machine();
        switch (args.length == 0 ? "" : args[0]) {
            case KERNELS -> new Kernels(System.out).print();
            case READING -> reading();
            case WEBHOOKS -> webhooks();
            case DASHBOARD ->
                dashboard(
                        args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("forebear-benchmark-"),
                        args.length > 2 ? args[2] : "");
            case STORM -> new FindingStorm(System.out).print();
            case JOIN -> new JoinBenchmark(number(args, 1, REPLAYED_MODELS), number(args, 2, 0), System.out).print();
            case REPLAY ->
                new ReplayBenchmark(
                                args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("forebear-benchmark-"),
                                number(args, 2, REPLAYED_MODELS),
                                RESULTS)
                        .print();
            default -> all();
        }
        System.exit(0); // Threads of the S3 server would keep the process alive.
    }

    private static int number(String[] args, int place, int otherwise) {
        return args.length > place ? Integer.parseInt(args[place]) : otherwise;
    }

    private static void all() throws Exception {
        RESULTS.columns();
        comparisons();
        ReadingBenchmark.run(RESULTS);
        confirmations();
        RESULTS.print("demo --exit, s", demo(), "60");
        startAndMemory();
        try (var upload = new UploadToAlert()) {
            upload.begin();
            RESULTS.print("upload of a 0.8 MB model to alert, ms", upload.latencies(WARM_UP, UPLOADS), "median 1000");
        }
    }

    private static void reading() throws Exception {
        RESULTS.columns();
        ReadingBenchmark.run(RESULTS);
    }

    private static void webhooks() throws IOException, InterruptedException {
        try (var load = new WebhookLoad()) {
            load.print(System.out);
        }
    }

    private static void dashboard(Path folder, String asked) throws Exception {
        try (var load = new DashboardLoad(folder, asked)) {
            load.print(System.out);
        }
    }

    private static void comparisons() throws IOException {
        var comparisons = new Comparisons("base-a");
        RESULTS.print("compare independent models, µs", comparisons.microseconds("base-b"), "20");
        RESULTS.print("compare a fine-tuned model, µs", comparisons.microseconds("base-a-cpt"), "20");
        RESULTS.print("compare a rotated copy, µs", comparisons.microseconds("base-a-adv-rotated"), "20");
        RESULTS.print("compare a reordered copy, µs", comparisons.microseconds("base-a-adv-all"), "20");
        RESULTS.print("screen of one model, ns", comparisons.screenNanoseconds("base-b"), "1000");
    }

    private static void confirmations() throws IOException {
        List<Double> megabytes = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Confirmation confirmation = Confirmation.measure();
            megabytes.add(confirmation.megabytes());
            seconds.add(confirmation.seconds());
        }
        RESULTS.print("confirm a pair of 7B, MB read", megabytes, "600");
        RESULTS.print("confirm a pair of 7B, s", seconds, "60");
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
        RESULTS.print("up ready, first start, s", first, "15");
        RESULTS.print("up ready, on existing data, s", again, "15");
        RESULTS.print("up resident after 20 s idle, MiB", resident, "700");
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
}
