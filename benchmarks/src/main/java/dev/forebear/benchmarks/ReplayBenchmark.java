package dev.forebear.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * A replay of a whole registry by the program, while the instance that it asks takes uploads: how long it takes, and
 * how long an upload takes to its alert, before and beside it.
 */
final class ReplayBenchmark {

    private static final int WARM_UP = 20;
    private static final int BEFORE = 60;
    private static final Duration BETWEEN_UPLOADS = Duration.ofSeconds(3);

    private final Path folder;
    private final int models;
    private final Results results;

    /** @param folder filled by an earlier run, or to be filled */
    ReplayBenchmark(Path folder, int models, Results results) {
        this.folder = folder;
        this.models = models;
        this.results = results;
    }

    void print() throws IOException, InterruptedException, ExecutionException {
        fill();
        results.columns();
        try (var live = new UploadToAlert(folder)) {
            live.begin();
            live.latencies(WARM_UP, 0);
            List<Double> before = new ArrayList<>();
            for (int upload = 0; upload < BEFORE; upload++) {
                before.add(spaced(live));
            }
            results.print("upload to alert before, ms", before, "");
            results.print("up resident, MiB", List.of(live.residentMebibytes()), "");
            replay(live, "now");
            replay(live, "upload");
        }
    }

    private void fill() throws IOException, InterruptedException, ExecutionException {
        Path filled = folder.resolve("filled");
        if (!Files.exists(filled)) {
            try (var past = new GeneratedPast(Files.createDirectories(folder.resolve("data")), models)) {
                past.write();
            }
            Files.createFile(filled);
        }
    }

    private void replay(UploadToAlert live, String asOf) throws IOException, InterruptedException {
        List<Double> beside = new ArrayList<>();
        double resident = 0;
        double seconds;
        try (var replay = new Program(
                List.of(
                        "replay",
                        "--kafka",
                        live.kafka(),
                        "--schema-registry",
                        live.schemaRegistry(),
                        "--as-of",
                        asOf,
                        "--output",
                        Files.createTempDirectory(folder, "audit-").toString()),
                List.of())) {
            while (replay.isRunning()) {
                resident = Math.max(resident, replay.residentMebibytes());
                beside.add(spaced(live));
            }
            seconds = replay.seconds();
            replay.requireSuccess();
        }
        results.print("replay as of " + asOf + ", s", List.of(seconds), "600");
        results.print("replay resident, MiB", List.of(resident), "");
        results.print("upload to alert beside it, ms", beside, "");
    }

    private static double spaced(UploadToAlert live) throws IOException, InterruptedException {
        Thread.sleep(BETWEEN_UPLOADS);
        return live.latency();
    }
}
