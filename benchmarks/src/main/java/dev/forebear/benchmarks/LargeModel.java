package dev.forebear.benchmarks;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.signals.Fingerprinter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What fingerprinting a model of billions of parameters costs, in a process of its own whose heap is that of a worker:
 * without room it would fail.
 *
 * @param megabytes read, headers included
 * @param requests made
 * @param seconds from opening to the fingerprint, making the weights that are read included
 */
record LargeModel(double megabytes, double requests, double seconds) {

    private static final String HEAP = "-Xmx512m";
    private static final PrintStream OUT = System.out;

    /** @param billions 7 or 70 */
    static LargeModel measure(int billions) throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                HEAP,
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                LargeModel.class.getName(),
                String.valueOf(billions));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.getInputStream()) {
            String[] found = new String(output.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            if (found.length != 3) {
                throw new IOException("expected three numbers of the process that fingerprints " + billions
                        + " billion parameters, found " + String.join(" ", found));
            }
            return new LargeModel(
                    Double.parseDouble(found[0]), Double.parseDouble(found[1]), Double.parseDouble(found[2]));
        }
    }

    public static void main(String[] args) throws IOException {
        GeneratedModel model = args[0].equals("70")
                ? GeneratedModel.ofSeventyBillionParameters(1)
                : GeneratedModel.ofSevenBillionParameters(1);
        long start = System.nanoTime();
        try (var checkpoint = Checkpoint.open(model)) {
            Fingerprinter.fingerprint(checkpoint);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        OUT.println(model.totals().bytes() / 1e6 + " " + model.totals().requests() + " " + seconds);
    }
}
