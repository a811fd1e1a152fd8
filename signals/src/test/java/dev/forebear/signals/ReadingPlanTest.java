package dev.forebear.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebear.checkpoint.Checkpoint;
import dev.forebear.checkpoint.plan.ReadPlan;
import dev.forebear.checkpoint.storage.FolderStorage;
import dev.forebear.checkpoint.storage.ReadTotals;
import dev.forebear.checkpoint.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingPlanTest {

    private static final Path ZOO = Path.of("../zoo");

    @Test
    void sevenBillionParametersCostAtMost300Megabytes() throws IOException {
        assertCosts(WeightlessLlama.ofSevenBillionParameters(), 300_000_000, 1_700);
    }

    @Test
    void seventyBillionParametersCostAtMostOneAndAHalfGigabytes() throws IOException {
        assertCosts(WeightlessLlama.ofSeventyBillionParameters(), 1_500_000_000, 4_000);
    }

    /** Holds opening and the plan together to a budget, from the header alone. */
    private static void assertCosts(Storage model, long bytes, long requests) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            ReadPlan plan = Fingerprinter.plan(checkpoint);
            assertThat(model.totals().bytes()).isLessThan(1_000_000);
            assertThat(model.totals().bytes() + plan.bytes()).isBetween(bytes / 4, bytes);
            assertThat(model.totals().requests() + plan.requests()).isLessThan(requests);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-a",
                "base-a-copy",
                "base-a-moe",
                "base-g-sft-bin",
                "base-a-fp8",
                "base-a-gptq",
                "base-a-gguf-q8"
            })
    void readsFromAFolderWhatWasPlanned(String model) throws IOException {
        assertReadsWhatWasPlanned(new FolderStorage(ZOO.resolve(model)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base-a",
                "base-a-copy",
                "base-a-moe",
                "base-g-sft-bin",
                "base-a-fp8",
                "base-a-gptq",
                "base-a-gguf-q8"
            })
    void readsOverANetworkWhatWasPlanned(String model) throws IOException {
        assertReadsWhatWasPlanned(new DistantFiles(new FolderStorage(ZOO.resolve(model))));
    }

    private static void assertReadsWhatWasPlanned(Storage storage) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            ReadPlan plan = Fingerprinter.plan(checkpoint);
            ReadTotals planned = checkpoint.totals();
            Fingerprinter.fingerprint(checkpoint);
            ReadTotals read = checkpoint.totals();
            assertThat(plan.bytes()).isPositive().isEqualTo(read.bytes() - planned.bytes());
            assertThat(plan.requests()).isEqualTo(read.requests() - planned.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base-a-moe", "base-g-sft-bin", "base-a-fp8", "base-a-gptq", "base-a-gguf-q8"})
    void makesTheSameFingerprintWhereverTheFilesAre(String model) throws IOException {
        assertThat(fingerprint(new DistantFiles(new FolderStorage(ZOO.resolve(model)))))
                .usingRecursiveComparison()
                .isEqualTo(fingerprint(new FolderStorage(ZOO.resolve(model))));
    }

    @Test
    void makesTheSameFingerprintOfShards() throws IOException {
        assertThat(fingerprint(new DistantFiles(new FolderStorage(ZOO.resolve("base-a-copy")))))
                .usingRecursiveComparison()
                .isEqualTo(fingerprint(new FolderStorage(ZOO.resolve("base-a"))));
    }

    @Test
    void makesTheSameFingerprintOnOneCoreAndOnMany() throws Exception {
        assertThat(onCores(1)).usingRecursiveComparison().isEqualTo(onCores(8));
    }

    private static Fingerprint onCores(int cores) throws Exception {
        try (var pool = new ForkJoinPool(cores)) {
            return pool.submit(() -> fingerprint(new DistantFiles(new FolderStorage(ZOO.resolve("base-a-moe")))))
                    .get();
        }
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(new FolderStorage(ZOO.resolve("base-a")))) {
            long planned = Fingerprinter.plan(checkpoint).bytes();
            var told = new ArrayList<Long>();
            Fingerprinter.fingerprint(checkpoint, (bytes, all) -> {
                assertThat(all).isEqualTo(planned);
                told.add(bytes);
            });
            assertThat(told).isSorted().endsWith(planned);
        }
    }

    private static Fingerprint fingerprint(Storage storage) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(storage)) {
            return Fingerprinter.fingerprint(checkpoint);
        }
    }
}
