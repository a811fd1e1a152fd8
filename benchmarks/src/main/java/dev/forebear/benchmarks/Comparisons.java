package dev.forebear.benchmarks;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.signals.FingerprintComparison;
import dev.forebear.signals.FingerprintComparison.Compared;
import dev.forebear.signals.Fingerprinter;
import dev.forebear.signals.PreparedFingerprint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** What one core needs for a comparison of two fingerprints of the zoo, in processor time. */
final class Comparisons {

    private static final int RUNS = 20;
    private static final int COMPARISONS = 5_000;
    private static final int SCREENS = 100_000;
    private static final double NANOSECONDS_PER_MICROSECOND = 1e3;

    private final PreparedFingerprint base;
    private double kept;

    Comparisons(String base) throws IOException {
        this.base = fingerprint(base);
    }

    private static PreparedFingerprint fingerprint(String model) throws IOException {
        try (var checkpoint = Checkpoint.open(new FolderStorage(Path.of("zoo", model)))) {
            return PreparedFingerprint.of(Fingerprinter.fingerprint(checkpoint));
        }
    }

    /** Microseconds of full comparisons, either model first. */
    List<Double> microseconds(String other) throws IOException {
        PreparedFingerprint compared = fingerprint(other);
        return times(COMPARISONS, () -> pValue(base.compareTo(compared)) + pValue(compared.compareTo(base))).stream()
                .map(nanoseconds -> nanoseconds / 2 / NANOSECONDS_PER_MICROSECOND)
                .toList();
    }

    private static double pValue(FingerprintComparison comparison) {
        return comparison instanceof Compared compared ? compared.log10PValue() : 0;
    }

    /**
     * Nanoseconds of the screen that every model of a registry passes: positions, and signs of what is done to tokens.
     */
    List<Double> screenNanoseconds(String other) throws IOException {
        PreparedFingerprint screened = fingerprint(other);
        return times(SCREENS, () -> base.screen(screened) + base.nomination(screened));
    }

    /** Nanoseconds of processor time of one call, over many, run after run; the first runs warm up and are left out. */
    private List<Double> times(int calls, DoubleSupplier call) {
        var clock = ManagementFactory.getThreadMXBean();
        List<Double> times = new ArrayList<>();
        for (int run = -RUNS; run < RUNS; run++) {
            long start = clock.getCurrentThreadCpuTime();
            for (int i = 0; i < calls; i++) {
                kept += call.getAsDouble();
            }
            if (run >= 0) {
                times.add((clock.getCurrentThreadCpuTime() - start) / (double) calls);
            }
        }
        if (Double.isNaN(kept)) {
            throw new IllegalStateException("comparisons: expected p-values, found NaN");
        }
        return times;
    }
}
