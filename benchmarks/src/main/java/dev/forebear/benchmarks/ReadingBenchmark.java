package dev.forebear.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What fingerprinting large models reads, holds, and reaches against object storage. */
final class ReadingBenchmark {

    private static final int RUNS = 3;
    private static final int DOWNLOADS = 7;

    private ReadingBenchmark() {}

    static void run(Results results) throws Exception {
        size(results, 7, "300");
        size(results, 70, "1500");
        try (var objects = ObjectReads.start()) {
            objects(results, objects);
        }
    }

    private static void size(Results results, int billions, String megabytes) throws IOException {
        var runs = new ArrayList<LargeModel>();
        for (int run = 0; run < RUNS; run++) {
            runs.add(LargeModel.measure(billions));
        }
        String what = "fingerprint " + billions + "B in a heap of 512 MiB, ";
        results.print(what + "MB", runs.stream().map(LargeModel::megabytes).toList(), megabytes);
        results.print(what + "requests", runs.stream().map(LargeModel::requests).toList(), "");
        results.print(what + "s", runs.stream().map(LargeModel::seconds).toList(), "");
    }

    private static void objects(Results results, ObjectReads objects) throws Exception {
        var downloads = new ArrayList<Double>();
        var plans = new ArrayList<Double>();
        var fingerprints = new ArrayList<Double>();
        for (int run = 0; run < DOWNLOADS; run++) {
            downloads.add(objects.download());
            plans.add(objects.readPlan());
            fingerprints.add(objects.fingerprint());
        }
        List<Double> shares = IntStream.range(0, DOWNLOADS)
                .mapToObj(run -> 100 * plans.get(run) / downloads.get(run))
                .toList();
        results.print("S3, plain download of what 7B needs, MB/s", downloads, "");
        results.print("S3, reading the plan of 7B, MB/s", plans, "");
        results.print("S3, reading the plan, % of the download", shares, "80");
        results.print("S3, fingerprint 7B, computing included, MB/s", fingerprints, "");
    }
}
